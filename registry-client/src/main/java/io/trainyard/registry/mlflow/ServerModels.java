package io.trainyard.registry.mlflow;

import io.trainyard.registry.ConflictException;
import io.trainyard.registry.Discard;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Names;
import io.trainyard.registry.RegistryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * MLflow's own registry: files of a version are artifacts of its run, what is said of it is in its tags, and moves of aliases are in tags of
 * the model.
 */
final class ServerModels implements ModelStore {
    private final MlflowClient client;
    private final BundleFolders folders;
    private final Registration registration;

    ServerModels(MlflowClient client, BundleFolders folders, Registration registration) {
        this.client = client;
        this.folders = folders;
        this.registration = registration;
    }

    @Override
    public void requireName(String model) {
        Names.model(model);
    }

    @Override
    public void requireRegisters() {}

    @Override
    public void requireDiscards() {}

    @Override
    public List<String> names() {
        return client.models().all().stream()
                .filter(model -> model.tags().containsKey(Registration.MARKER))
                .map(MlflowModel::name)
                .filter(Names::isModel)
                .toList();
    }

    @Override
    public ModelState state(String name) {
        return client.models()
                .find(name)
                .map(model -> ModelState.of(model, client.versions().of(name)))
                .orElseGet(() -> ModelState.none(name));
    }

    @Override
    public List<Move> moves(String name) {
        return client.models()
                .find(name)
                .map(model -> MoveJson.all(name, model.tags()))
                .orElseThrow(() ->
                        new RegistryException("Cannot move aliases of model '%s': it was deleted".formatted(name)));
    }

    @Override
    public void register(NewVersion version) throws IOException {
        registration.register(version);
    }

    @Override
    public void setAlias(String model, String alias, int version) {
        client.models().setAlias(model, alias, version);
    }

    @Override
    public void done(MlflowModel model, Run ledger, Move move) {
        client.models().tag(model.name(), move.tag(), MoveJson.write(move));
    }

    @Override
    public void tag(StoredVersion version, String key, String value) {
        client.versions().tag(version.version().model(), version.number(), key, value);
    }

    /**
     * MLflow has no operation that looks at aliases and marks a version in one: an alias that is moved to the version at this very moment is
     * seen, and the mark taken back, unless the move comes between the second look and the removal.
     */
    @Override
    public void discard(String model, int number, Discard discard) {
        ModelState before = state(model);
        StoredVersion version = before.stored(number);
        if (!version.isDiscarded()) {
            before.snapshot().requireDispensable(number);
            mark(model, number, version.runId(), DiscardTag.write(discard));
        }
        try {
            folders.delete(version.version().location());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot remove the files of version %d of model '%s'; try again".formatted(number, model), e);
        }
    }

    /** All versions of the run have the same files. */
    private void mark(String model, int number, String run, String tag) {
        List<Integer> same = client.versions().of(model).stream()
                .filter(other -> other.runId().equals(run))
                .map(MlflowVersion::number)
                .toList();
        same.forEach(each -> client.versions().tag(model, each, DiscardTag.KEY, tag));
        try {
            state(model).snapshot().requireDispensable(number);
        } catch (ConflictException moved) {
            same.forEach(each -> client.versions().untag(model, each, DiscardTag.KEY));
            throw moved;
        }
    }

    @Override
    public BundleFolder files(ModelVersion version) {
        MlflowVersion found = client.versions()
                .find(version.model(), version.number())
                .orElseThrow(() -> new RegistryException("Cannot fetch version %d of model '%s': MLflow has none"
                        .formatted(version.number(), version.model())));
        DiscardTag.read(found).ifPresent(discard -> {
            throw discard.refusal("fetch", version.model(), version.number());
        });
        return folders.open(found.source());
    }
}
