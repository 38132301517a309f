package io.trainyard.registry.mlflow;

import io.trainyard.registry.ConflictException;
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
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A registry at an MLflow server, next to whatever else is there. Python reads what is registered here by {@code
 * models:/NAME@ALIAS}; versions that others have registered are not seen here.
 *
 * <ul>
 *   <li>A version is an MLflow version with MLflow's number. Numbers rise, and have gaps where versions of others are, where
 *       one was deleted, and where two processes registered one fingerprint at the same moment: the lower number is the
 *       version then. It is there when all its files are; a killed registration leaves a run and no version.
 *   <li>Aliases move by compare-and-set among all who use this class ({@link AliasMoves} says how). Others can move them
 *       past it, which the history does not show; an alias always points where MLflow says, and a rollback knows that.
 *   <li>MLflow has no digests: the files of a version can be overwritten by whoever may write artifacts. {@link #fetch}
 *       holds them to the digest in the version's tags.
 * </ul>
 *
 * What others change in the tags that begin with {@code trainyard.} is lost for this registry. Reasons and actors are kept
 * to 1,000 characters.
 */
public final class MlflowRegistry implements ModelRegistry {
    private final MlflowClient client;
    private final BundleFolders folders;
    private final Registration registration;
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
        this.client = client;
        this.clock = clock;
        this.actor = actor;
        folders = new BundleFolders(client.artifacts(), storages);
        registration = new Registration(client, folders, experiment, clock, actor);
        moves = new AliasMoves(client, this::state);
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
                registration.register(model, opened, fingerprint, tags, round);
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
        return client.models().all().stream()
                .filter(model -> model.tags().containsKey(Registration.MARKER))
                .map(MlflowModel::name)
                .filter(Names::isModel)
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
        state.version(number);
        if (!state.isJudged(alias, number, decision)) {
            new JudgementTags.Judgement(clock.instant(), actor, alias, decision)
                    .parts()
                    .forEach(part -> client.versions().tag(model, number, part.key(), part.value()));
        }
    }

    /**
     * As the interface says. MLflow has no operation that looks at aliases and marks a version in one: an alias that is moved to the version at
     * this very moment is seen, and the mark taken back, unless the move comes between the second look and the removal.
     */
    @Override
    public void discard(String model, int number, String reason) {
        ModelState before = state(model);
        StoredVersion version = before.stored(number);
        if (!version.isDiscarded()) {
            before.snapshot().requireDispensable(number);
            List<Integer> same = client.versions().of(model).stream()
                    .filter(other -> other.runId().equals(version.runId()))
                    .map(MlflowVersion::number)
                    .toList();
            String tag = DiscardTag.write(new Discard(clock.instant(), actor, reason));
            same.forEach(each -> client.versions().tag(model, each, DiscardTag.KEY, tag));
            try {
                state(model).snapshot().requireDispensable(number);
            } catch (ConflictException moved) {
                same.forEach(each -> client.versions().untag(model, each, DiscardTag.KEY));
                throw moved;
            }
        }
        try {
            folders.open(version.version().location()).delete();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot remove the files of version %d of model '%s'; try again".formatted(number, model), e);
        }
    }

    @Override
    public void fetch(ModelVersion version, Path target) {
        String name = Names.model(version.model());
        try {
            BundleTarget.fetch(version, target, directory -> {
                // The place is MLflow's word and not the caller's.
                MlflowVersion found = client.versions()
                        .find(name, version.number())
                        .orElseThrow(
                                () -> new RegistryException("Cannot fetch version %d of model '%s': MLflow has none"
                                        .formatted(version.number(), name)));
                DiscardTag.read(found).ifPresent(discard -> {
                    throw discard.refusal("fetch", name, version.number());
                });
                new BundleDownload(folders.open(found.source()), version).into(directory);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot fetch version %d of model '%s' into %s".formatted(version.number(), name, target), e);
        }
    }

    @Override
    public List<Event> history(String model) {
        return state(model).history();
    }

    private ModelState state(String name) {
        Names.model(name);
        return client.models()
                .find(name)
                .map(model -> ModelState.of(model, client.versions().of(name)))
                .orElseGet(() -> ModelState.of(new MlflowModel(name, Instant.EPOCH, Map.of(), Map.of()), List.of()));
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
