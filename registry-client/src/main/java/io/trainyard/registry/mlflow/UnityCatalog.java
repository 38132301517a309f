package io.trainyard.registry.mlflow;

import io.trainyard.registry.Discard;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegistryException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Unity Catalog at Databricks, by the calls of MLflow's public client. Never tried there: tests hold it to what that client and its protocol
 * say.
 *
 * <ul>
 *   <li>The catalog's tags are few and short. So what is said of a version is in tags of its run, and moves of aliases are in tags of the run
 *       in which their numbers are claimed. Whoever reads or changes a model must be allowed to do so with its runs. When a version is
 *       deleted, the moves in its run are still found, as long as that is in this experiment.
 *   <li>A version counts when it is ready, was made here, and its run has its document. One whose run was deleted for good counts no more.
 *   <li>{@link #names} are those of models for which there was a registration from this experiment; a whole metastore is not looked through.
 *   <li>Versions may become ready in another order than that of their numbers; histories tell them by number.
 *   <li>Files of a version that is ready neither change nor go: versions cannot be discarded.
 * </ul>
 */
final class UnityCatalog implements ModelStore {
    private final MlflowClient client;
    private final RegistrationRuns runs;
    private final CatalogRegistration registration;

    UnityCatalog(MlflowClient client, RegistrationRuns runs, CatalogRegistration registration) {
        this.client = client;
        this.runs = runs;
        this.registration = registration;
    }

    @Override
    public void requireName(String model) {
        CatalogName.require(model);
    }

    @Override
    public void requireRegisters() {
        if (!client.catalogFiles().isEnabled()) {
            throw new RegistryException(
                    "Cannot register models in Unity Catalog: this workspace takes their files by temporary credentials of its"
                            + " cloud alone, which is not supported; ask Databricks to enable files of models in the Files API,"
                            + " or use the workspace's registry (MLFLOW_REGISTRY_URI=databricks) or the warehouse's"
                            + " (register.registry=path)");
        }
    }

    @Override
    public void requireDiscards() {
        throw new RegistryException(
                "Cannot remove files of versions in Unity Catalog: it keeps them as long as the versions; leave out"
                        + " retention.bundles, and delete there the versions that nobody needs");
    }

    @Override
    public List<String> names() {
        return runs.models().stream().filter(CatalogName::isValid).toList();
    }

    @Override
    public ModelState state(String name) {
        List<MlflowVersion> ours = MlflowException.ifExists(
                        () -> client.versions().of(name))
                .orElse(List.of())
                .stream()
                .filter(CatalogRegistration::isOurs)
                .toList();
        Map<String, Run> found = runs(name, ours);
        // Aliases come after moves: whoever saw a move, and the alias as it was before, would move it from there.
        return client.models()
                .find(name)
                .map(model -> state(model, ours, found))
                .orElseGet(() -> ModelState.none(name));
    }

    @Override
    public List<Move> moves(String model) {
        return state(model).moves();
    }

    @Override
    public void register(NewVersion version) throws IOException {
        registration.requireSignature(version);
        requireRegisters();
        registration.register(version, () -> state(version.model()).holds(version.fingerprint()));
    }

    @Override
    public void setAlias(String model, String alias, int version) {
        client.models().setAlias(model, alias, version);
    }

    @Override
    public void done(MlflowModel model, Run ledger, Move move) {
        client.runs().tag(ledger.id(), Move.claim(model, move.number()), MoveJson.write(move));
    }

    @Override
    public void tag(StoredVersion version, String key, String value) {
        client.runs().tag(version.runId(), key, value);
    }

    @Override
    public void discard(String model, int number, Discard discard) {
        requireDiscards();
    }

    @Override
    public BundleFolder files(ModelVersion version) {
        return client.versions()
                .find(version.model(), version.number())
                .filter(MlflowVersion::isReady)
                .map(found ->
                        new ServerFolder(client.catalogFiles(), CatalogFiles.root(version.model(), found.number())))
                .orElseThrow(() -> new RegistryException("Cannot fetch version %d of model '%s': Unity Catalog has none"
                        .formatted(version.number(), version.model())));
    }

    private static ModelState state(MlflowModel model, List<MlflowVersion> ours, Map<String, Run> found) {
        Map<String, String> moves = new TreeMap<>();
        found.values().forEach(run -> moves.putAll(run.tags()));
        moves.keySet().removeIf(key -> !Move.isClaim(model, key));
        MlflowModel moved = new MlflowModel(model.name(), model.created(), moves, model.aliases());
        return ModelState.of(moved, told(ours, found)).with(ledgers(ours));
    }

    /** Pending versions count here: they may become ready after one with a higher number, but none ever comes before the first that there is. */
    private static List<String> ledgers(List<MlflowVersion> ours) {
        return ours.stream().map(MlflowVersion::runId).distinct().toList();
    }

    /**
     * Runs of versions, also of those that are pending or deleted. A search may be behind: the ledger, those that would be it if they were not
     * in the bin, and a run that seems to lack its document, are read by themselves.
     */
    private Map<String, Run> runs(String model, List<MlflowVersion> ours) {
        Map<String, Run> found = new TreeMap<>();
        if (ours.isEmpty()) {
            return found;
        }
        runs.of(model).forEach(run -> found.put(run.id(), run));
        ours.stream()
                .filter(MlflowVersion::isReady)
                .map(MlflowVersion::runId)
                .distinct()
                .filter(id -> !found.containsKey(id) || !RunDocument.isIn(found.get(id)))
                .toList()
                .forEach(id -> client.runs().find(id).ifPresent(run -> found.put(id, run)));
        for (String id : ledgers(ours)) {
            Optional<Run> ledger = client.runs().find(id);
            ledger.ifPresent(run -> found.put(id, run));
            if (ledger.filter(run -> !run.isDeleted()).isPresent()) {
                break; // the others decide nothing
            }
        }
        return found;
    }

    private static List<MlflowVersion> told(List<MlflowVersion> versions, Map<String, Run> found) {
        return versions.stream()
                .filter(MlflowVersion::isReady)
                .map(version -> Optional.ofNullable(found.get(version.runId())).flatMap(run -> told(version, run)))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The version with what its run says of it. */
    private static Optional<MlflowVersion> told(MlflowVersion version, Run run) {
        return RunDocument.read(run).map(document -> {
            Map<String, String> tags = new TreeMap<>(run.tags());
            tags.putAll(VersionTags.whole(document));
            return new MlflowVersion(
                    version.model(),
                    version.number(),
                    "models:/%s/%d".formatted(version.model(), version.number()),
                    version.runId(),
                    version.status(),
                    tags);
        });
    }
}
