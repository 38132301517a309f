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
        return client.models().find(name).map(this::state).orElseGet(() -> ModelState.none(name));
    }

    @Override
    public List<Move> moves(String model) {
        return state(model).moves();
    }

    @Override
    public void register(NewVersion version) throws IOException {
        registration.requireSignature(version);
        requireRegisters();
        registration.register(version);
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

    private ModelState state(MlflowModel model) {
        List<MlflowVersion> ready = client.versions().of(model.name()).stream()
                .filter(version -> version.isReady() && CatalogRegistration.isOurs(version))
                .toList();
        Map<String, Run> found = runs(model.name(), ready);
        List<MlflowVersion> versions = ready.stream()
                .map(version -> Optional.ofNullable(found.get(version.runId())).flatMap(run -> told(version, run)))
                .flatMap(Optional::stream)
                .toList();
        Map<String, String> moves = new TreeMap<>();
        found.values().forEach(run -> moves.putAll(run.tags()));
        moves.keySet().removeIf(key -> !Move.isClaim(model, key));
        return ModelState.of(new MlflowModel(model.name(), model.created(), moves, model.aliases()), versions);
    }

    /**
     * Runs of versions, also of deleted ones. A search may be behind: the first run, which decides moves, and one that seems to lack its
     * document are read by themselves.
     */
    private Map<String, Run> runs(String model, List<MlflowVersion> versions) {
        if (versions.isEmpty()) {
            return Map.of();
        }
        Map<String, Run> found = new TreeMap<>();
        runs.of(model).forEach(run -> found.put(run.id(), run));
        found.remove(versions.get(0).runId());
        for (String id : versions.stream().map(MlflowVersion::runId).distinct().toList()) {
            if (!found.containsKey(id) || !RunDocument.isIn(found.get(id))) {
                client.runs().find(id).ifPresent(run -> found.put(id, run));
            }
        }
        return found;
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
