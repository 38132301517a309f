package io.trainyard.registry.file;

import io.trainyard.registry.Event;
import io.trainyard.registry.GateDecision;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.Names;
import io.trainyard.registry.RegisteredModel;
import io.trainyard.registry.bundle.Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A registry in a folder.
 *
 * <pre>
 *   models/NAME/events/00000001.json      numbered changes, each created once: the log is the state
 *   models/NAME/bundles/DIGEST/…          files, there before the event that speaks of them
 * </pre>
 *
 * Two who write the same number: one wins, the other reads again and decides again. A process that dies between files
 * and event has registered nothing, and finds its files when it comes back.
 */
public final class PathRegistry implements ModelRegistry {
    private final EventLog log;
    private final BundleStore bundles;
    private final RegistryStorage storage;
    private final Clock clock;
    private final String actor;

    /** {@code actor} is the name that the history shows for changes made here. */
    public PathRegistry(RegistryStorage storage, Clock clock, String actor) {
        this.storage = storage;
        this.clock = clock;
        this.actor = actor;
        log = new EventLog(storage);
        bundles = new BundleStore(storage);
    }

    @Override
    public ModelVersion register(String model, Path bundle, String fingerprint, Map<String, String> tags) {
        Names.model(model);
        return byFingerprint(model, fingerprint).orElseGet(() -> {
            Bundle opened = Bundle.open(bundle);
            Set<BundlePlace> stored = new HashSet<>();
            ModelLog changed = append(model, before -> {
                if (before.byFingerprint(fingerprint).isPresent()) {
                    return Optional.empty();
                }
                BundlePlace place = before.nextPlace(opened.digest());
                if (stored.add(place)) {
                    store(opened, place);
                }
                return Optional.of(registered(before, model, opened, place.folder(), fingerprint, tags));
            });
            return changed.byFingerprint(fingerprint).orElseThrow();
        });
    }

    @Override
    public List<RegisteredModel> models() {
        try {
            return storage.list("models").stream()
                    .filter(Names::isModel)
                    .map(this::model)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the models in " + storage.uri("models"), e);
        }
    }

    @Override
    public Optional<RegisteredModel> model(String name) {
        ModelLog found = replay(name);
        return found.versions().isEmpty() ? Optional.empty() : Optional.of(found.snapshot());
    }

    @Override
    public void promote(String model, String alias, int number, int expected, String reason) {
        Names.alias(alias);
        append(model, before -> {
            before.version(number);
            before.snapshot().requireKept(number, "promote");
            if (before.holder(alias) == number) {
                return Optional.empty();
            }
            before.requireHolder(alias, expected);
            return Optional.of(new Event.Promoted(before.nextEvent(), now(), actor, alias, number, expected, reason));
        });
    }

    @Override
    public ModelVersion rollback(String model, String alias, int expected, String reason) {
        Names.alias(alias);
        ModelLog changed = append(model, before -> {
            before.requireHolder(alias, expected);
            int target = before.holderBefore(alias);
            before.snapshot().requireKept(target, "return to");
            return Optional.of(new Event.RolledBack(before.nextEvent(), now(), actor, alias, target, expected, reason));
        });
        return changed.version(changed.holder(alias));
    }

    @Override
    public void judge(String model, String alias, int number, GateDecision decision) {
        Names.alias(alias);
        append(model, before -> {
            before.version(number);
            return before.isJudged(alias, number, decision)
                    ? Optional.empty()
                    : Optional.of(new Event.Judged(before.nextEvent(), now(), actor, alias, number, decision));
        });
    }

    /** The event comes first, and the files after it: whoever dies in between leaves files that the next one removes. */
    @Override
    public void discard(String model, int number, String reason) {
        ModelLog changed = append(model, before -> {
            before.version(number);
            if (before.isDiscarded(number)) {
                return Optional.empty();
            }
            before.snapshot().requireDispensable(number);
            return Optional.of(new Event.Discarded(before.nextEvent(), now(), actor, number, reason));
        });
        try {
            bundles.delete(model, changed.left());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot remove the files of version %d of model '%s'; try again".formatted(number, model), e);
        }
    }

    @Override
    public void fetch(ModelVersion version, Path target) {
        ModelLog log = replay(version.model());
        log.version(version.number());
        log.snapshot().requireKept(version.number(), "fetch");
        BundlePlace place = log.place(version.number());
        try {
            bundles.fetch(version, place, target);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot fetch version %d of model '%s' from %s into %s"
                            .formatted(version.number(), version.model(), bundles.uri(place), target),
                    e);
        }
    }

    @Override
    public List<Event> history(String model) {
        return replay(model).events();
    }

    private void store(Bundle bundle, BundlePlace place) {
        try {
            bundles.store(place, bundle);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot store bundle %s of model '%s'".formatted(bundle.directory(), place.model()), e);
        }
    }

    private ModelLog replay(String model) {
        Names.model(model);
        try {
            return new ModelLog(model, log.read(model));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the history of model '%s'".formatted(model), e);
        }
    }

    /** Writes the event that {@code decide} makes of the present state, and decides anew when another one was first. */
    private ModelLog append(String model, Function<ModelLog, Optional<Event>> decide) {
        while (true) {
            ModelLog before = replay(model);
            Optional<Event> event = decide.apply(before);
            if (event.isEmpty()) {
                return before;
            }
            if (written(model, event.get())) {
                return replay(model);
            }
            requireProgress(model, before);
        }
    }

    /** Whoever took the number must be visible by now, or the two would wait for each other for ever. */
    private void requireProgress(String model, ModelLog before) {
        if (replay(model).nextEvent() == before.nextEvent()) {
            throw new IllegalStateException("the storage of %s has event %d of model '%s' and does not list it"
                    .formatted(storage.uri("models"), before.nextEvent(), model));
        }
    }

    private boolean written(String model, Event event) {
        try {
            return log.append(model, event);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write event %d of model '%s'; try again".formatted(event.number(), model), e);
        }
    }

    private Event registered(
            ModelLog before,
            String model,
            Bundle bundle,
            String location,
            String fingerprint,
            Map<String, String> tags) {
        Instant at = now();
        ModelVersion version = new ModelVersion(
                model,
                before.nextVersion(),
                bundle.digest(),
                location,
                at,
                fingerprint,
                bundle.metadata().scores(),
                bundle.metadata().lineage(),
                tags);
        return new Event.Registered(before.nextEvent(), at, actor, version);
    }

    private Instant now() {
        return clock.instant();
    }
}
