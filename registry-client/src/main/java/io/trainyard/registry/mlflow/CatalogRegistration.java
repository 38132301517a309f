package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.io.IOException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a version in Unity Catalog. It is pending first, and nobody sees it; its files and its document are written; then it is said to be
 * finished. Of all versions of one registration, everybody works on the one that is ready, else on the lowest, whoever made it, and deletes
 * pending ones with higher numbers: so a registration that was cut off is gone on with, and several at once make one version.
 */
final class CatalogRegistration {
    /** How sources of versions end that are made here. There is nothing in that folder: files are in the catalog. */
    private static final String SOURCE = "/trainyard";

    /** The catalog takes some time over a version that has all its files. */
    private static final int FINISHING_POLLS = 30;

    private static final Comparator<MlflowVersion> READY_FIRST =
            Comparator.comparing((MlflowVersion version) -> !version.isReady()).thenComparing(MlflowVersion::number);

    private final MlflowClient client;
    private final RegistrationRuns runs;
    private final Clock clock;
    private final String actor;

    CatalogRegistration(MlflowClient client, RegistrationRuns runs, Clock clock, String actor) {
        this.client = client;
        this.runs = runs;
        this.clock = clock;
        this.actor = actor;
    }

    /** Whether the version was made here; what others have made is not looked into. */
    static boolean isOurs(MlflowVersion version) {
        return version.source().endsWith(SOURCE);
    }

    /** Unity Catalog takes no model without. */
    void requireSignature(NewVersion wanted) {
        if (!wanted.bundle().hasModelSignature()) {
            throw new RegistryException(
                    ("Cannot register bundle %s as model '%s': its MLmodel has no signature with inputs and outputs, which Unity"
                                    + " Catalog asks for; train the model again")
                            .formatted(wanted.bundle().directory(), wanted.model()));
        }
    }

    /** @param isThere whether the model has a version of the fingerprint, looked at as late as may be */
    void register(NewVersion wanted, BooleanSupplier isThere) throws IOException {
        MlflowModel model = client.models().ensure(wanted.model(), Map.of());
        // Runs outlive a model that is deleted: one that is made again has runs of its own.
        String identity =
                "%s\ncatalog %d".formatted(wanted.identity(), model.created().toEpochMilli());
        Run run = runs.ensure(wanted, identity);
        MlflowVersion version = chosen(run, identity, wanted.model());
        if (!version.isReady()) {
            upload(wanted, version);
            describe(wanted, version.runId());
            if (isThere.getAsBoolean() && !isReadyNow(version)) {
                delete(version); // that one, of another bundle or experiment, was first; this one would take its place
            } else {
                finish(version);
            }
        }
        Stream.of(version.runId(), run.id()).distinct().forEach(runs::end);
    }

    private MlflowVersion chosen(Run run, String identity, String model) {
        if (candidates(run, identity, model).isEmpty()) {
            client.versions()
                    .create(
                            model,
                            run.artifacts() + SOURCE,
                            run.id(),
                            Map.of(),
                            () -> candidates(run, identity, model).stream().findFirst());
        }
        List<MlflowVersion> candidates = candidates(run, identity, model);
        if (candidates.isEmpty()) {
            throw new IllegalStateException(
                    "Unity Catalog has accepted a version of model '%s' and does not show it".formatted(model));
        }
        MlflowVersion first = candidates.get(0);
        candidates.stream()
                .filter(version -> !version.isReady() && version.number() > first.number())
                .forEach(this::delete);
        return first;
    }

    /** Versions of this registration, the one to work on first. */
    private List<MlflowVersion> candidates(Run run, String identity, String model) {
        Set<String> ids = runs.all(identity).stream().map(Run::id).collect(Collectors.toCollection(TreeSet::new));
        ids.add(run.id());
        return client.versions().of(model).stream()
                .filter(version -> ids.contains(version.runId()) && !version.isFailed())
                .sorted(READY_FIRST)
                .toList();
    }

    private void delete(MlflowVersion version) {
        MlflowException.ifExists(() -> {
            client.versions().delete(version.model(), version.number());
            return version;
        });
    }

    private void upload(NewVersion wanted, MlflowVersion version) throws IOException {
        String root = CatalogFiles.root(version.model(), version.number());
        try {
            new BundleUpload(wanted.bundle(), new ServerFolder(client.catalogFiles(), root)).run();
        } catch (MlflowException e) {
            requireReady(version, e);
        }
    }

    private void describe(NewVersion wanted, String run) {
        runs.record(run, wanted.bundle());
        client.runs().log(run, List.of(), Map.of(), VersionTags.shown(wanted.tags()));
        RunDocument.write(
                client.runs(),
                run,
                VersionJson.write(wanted.bundle(), clock.instant(), actor, wanted.fingerprint(), wanted.tags()));
    }

    private void finish(MlflowVersion version) {
        try {
            new PendingVersions(client).awaitReady(client.versions().finish(version.model(), version.number()));
        } catch (MlflowException e) {
            requireReady(version, e);
        }
    }

    /** Perhaps another one has finished the same version meanwhile, or a call whose answer was lost: it takes nothing any more then. */
    private void requireReady(MlflowVersion version, MlflowException problem) {
        for (int poll = 0; !isReadyNow(version); poll++) {
            if (poll == FINISHING_POLLS) {
                throw problem;
            }
            client.pause(PendingVersions.POLL);
        }
    }

    private boolean isReadyNow(MlflowVersion version) {
        return client.versions()
                .find(version.model(), version.number())
                .filter(MlflowVersion::isReady)
                .isPresent();
    }
}
