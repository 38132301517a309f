package io.trainyard.registry.mlflow;

import io.trainyard.registry.Discard;
import io.trainyard.registry.Event;
import io.trainyard.registry.GateDecision;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Names;
import io.trainyard.registry.RegisteredModel;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.BundleTarget;
import io.trainyard.registry.file.RegistryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A registry at an MLflow server, or in Unity Catalog at Databricks, next to whatever else is there. Python reads what is registered here by
 * {@code models:/NAME@ALIAS}; versions that others have registered are not seen here.
 *
 * <ul>
 *   <li>A version is an MLflow version with MLflow's number. Numbers rise, and have gaps where versions of others are, where
 *       one was deleted, and where two processes registered one fingerprint at the same moment: the lower number is the
 *       version then. It is there when all its files are; a killed registration leaves a run and nothing to be seen.
 *   <li>Aliases move by compare-and-set among all who use this class ({@link AliasMoves} says how). Others can move them
 *       past it, which the history does not show; an alias always points where MLflow says, and a rollback knows that.
 *   <li>MLflow has no digests: the files of a version can be overwritten by whoever may write artifacts. {@link #fetch}
 *       holds them to the digest in the version's tags.
 *   <li>In Unity Catalog names have three levels, what is said of versions is in tags of their runs, nothing is discarded, and {@link #models}
 *       are those that were registered from this experiment. It was never tried at Databricks.
 * </ul>
 *
 * What others change in the tags that begin with {@code trainyard.} is lost for this registry. Reasons and actors are kept
 * to 1,000 characters.
 */
public final class MlflowRegistry implements ModelRegistry {
    private final ModelStore store;
    private final AliasMoves moves;
    private final Clock clock;
    private final String actor;

    /**
     * For a server that passes artifacts on, which is MLflow's default.
     *
     * @param experiment holds the runs of registrations; it is made if need be
     * @param actor the name that the history shows for changes made here
     */
    public MlflowRegistry(MlflowClient client, String experiment, Clock clock, String actor) {
        this(client, experiment, clock, actor, BundleFolders.none());
    }

    /**
     * For a server that lets its clients write artifacts themselves.
     *
     * @param storages a storage whose root is the given URI, for artifact URIs such as {@code s3://bucket/1/run/artifacts/model}
     */
    public MlflowRegistry(
            MlflowClient client,
            String experiment,
            Clock clock,
            String actor,
            Function<URI, RegistryStorage> storages) {
        this.clock = clock;
        this.actor = actor;
        RegistrationRuns runs = new RegistrationRuns(client, experiment, clock, actor);
        store = switch (client.kind()) {
            case SERVER -> {
                BundleFolders folders = new BundleFolders(client.artifacts(), storages);
                yield new ServerModels(client, folders, new Registration(client, folders, runs, clock, actor));
            }
            case UNITY_CATALOG -> new UnityCatalog(client, runs, new CatalogRegistration(client, runs, clock, actor));
        };
        moves = new AliasMoves(client, store);
    }

    @Override
    public void requireRegisters(String model) {
        store.requireName(model);
        store.requireRegisters();
    }

    @Override
    public void requireDiscards() {
        store.requireDiscards();
    }

    @Override
    public ModelVersion register(String model, Path bundle, String fingerprint, Map<String, String> tags) {
        if (fingerprint.isBlank()) {
            throw new IllegalArgumentException("a version of model '%s' needs a fingerprint".formatted(model));
        }
        return byFingerprint(model, fingerprint).orElseGet(() -> {
            Bundle opened = Bundle.open(bundle);
            long round = state(model).discarded(fingerprint, opened.digest());
            try {
                store.register(new NewVersion(model, opened, fingerprint, tags, round));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot store bundle %s of model '%s'".formatted(bundle, model), e);
            }
            return byFingerprint(model, fingerprint)
                    .orElseThrow(() -> new IllegalStateException(
                            "MLflow has accepted a version of model '%s' and does not show it".formatted(model)));
        });
    }

    @Override
    public List<RegisteredModel> models() {
        return store.names().stream()
                .map(this::model)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(RegisteredModel::name))
                .toList();
    }

    @Override
    public Optional<RegisteredModel> model(String name) {
        return Optional.of(state(name))
                .filter(state -> !state.versions().isEmpty())
                .map(ModelState::snapshot);
    }

    /** As the interface says; an alias that somebody has put on a version which is none of ours is an error. */
    @Override
    public Optional<ModelVersion> byAlias(String model, String alias) {
        Names.alias(alias);
        ModelState state = state(model);
        int holder = state.holder(alias);
        if (holder != NO_VERSION && state.find(holder).isEmpty()) {
            throw new RegistryException(
                    ("Cannot use alias '%s' of model '%s': it points to version %d, which Trainyard has not registered;"
                                    + " promote one that it has")
                            .formatted(alias, model, holder));
        }
        return state.find(holder);
    }

    @Override
    public void promote(String model, String alias, int number, int expected, String reason) {
        Names.alias(alias);
        store.requireName(model);
        moves.move(model, before -> {
            before.version(number);
            before.snapshot().requireKept(number, "promote");
            if (before.holder(alias) == number) {
                return Optional.empty();
            }
            before.requireHolder(alias, expected);
            return Optional.of(move(before, false, alias, number, expected, reason));
        });
    }

    @Override
    public ModelVersion rollback(String model, String alias, int expected, String reason) {
        Names.alias(alias);
        store.requireName(model);
        ModelState changed = moves.move(model, before -> {
            before.requireHolder(alias, expected);
            int target = before.version(before.holderBefore(alias)).number();
            before.snapshot().requireKept(target, "return to");
            return Optional.of(move(before, true, alias, target, expected, reason));
        });
        return changed.version(changed.holder(alias));
    }

    @Override
    public void judge(String model, String alias, int number, GateDecision decision) {
        Names.alias(alias);
        ModelState state = state(model);
        StoredVersion version = state.stored(number);
        if (!state.isJudged(alias, number, decision)) {
            new JudgementTags.Judgement(clock.instant(), actor, alias, decision)
                    .parts()
                    .forEach(part -> store.tag(version, part.key(), part.value()));
        }
    }

    /** As the interface says; not in Unity Catalog, which keeps the files of a version as long as the version. */
    @Override
    public void discard(String model, int number, String reason) {
        store.requireName(model);
        store.discard(model, number, new Discard(clock.instant(), actor, reason));
    }

    @Override
    public void fetch(ModelVersion version, Path target) {
        store.requireName(version.model());
        try {
            BundleTarget.fetch(
                    version, target, directory -> new BundleDownload(store.files(version), version).into(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot fetch version %d of model '%s' into %s"
                            .formatted(version.number(), version.model(), target),
                    e);
        }
    }

    @Override
    public List<Event> history(String model) {
        return state(model).history();
    }

    private ModelState state(String name) {
        store.requireName(name);
        return store.state(name);
    }

    private Move move(ModelState before, boolean isRollback, String alias, int version, int previous, String reason) {
        return new Move(
                before.nextMove(),
                UUID.randomUUID().toString(),
                clock.instant(),
                actor,
                isRollback,
                alias,
                version,
                previous,
                before.newestVersion(),
                reason);
    }
}
