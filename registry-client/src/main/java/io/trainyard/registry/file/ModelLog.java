package io.trainyard.registry.file;

import io.trainyard.registry.ConflictException;
import io.trainyard.registry.Event;
import io.trainyard.registry.GateDecision;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import io.trainyard.registry.RegistryException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state of one model, replayed from its events. Every alias is a stack of versions: a promotion puts one on top,
 * a rollback takes it off.
 */
final class ModelLog {
    private final String model;
    private final List<Event> events;
    private final List<ModelVersion> versions = new ArrayList<>();
    private final Map<String, Deque<Integer>> holders = new HashMap<>();
    private final Map<String, String> lastMoves = new HashMap<>();

    ModelLog(String model, List<Event> events) {
        this.model = model;
        this.events = List.copyOf(events);
        events.forEach(this::replay);
    }

    List<Event> events() {
        return events;
    }

    List<ModelVersion> versions() {
        return List.copyOf(versions);
    }

    Optional<ModelVersion> byFingerprint(String fingerprint) {
        return versions.stream()
                .filter(version -> version.fingerprint().equals(fingerprint))
                .findFirst();
    }

    int nextEvent() {
        return events.size() + 1;
    }

    int nextVersion() {
        return versions.size() + 1;
    }

    /** The number of the version that the alias points to, {@link ModelRegistry#NO_VERSION} when there is none. */
    int holder(String alias) {
        return Optional.ofNullable(
                        holders.getOrDefault(alias, new ArrayDeque<>()).peek())
                .orElse(ModelRegistry.NO_VERSION);
    }

    /** The number of the version that a rollback of the alias returns to. */
    int holderBefore(String alias) {
        return holders.getOrDefault(alias, new ArrayDeque<>()).stream()
                .skip(1)
                .findFirst()
                .orElseThrow(() -> new RegistryException(
                        "Cannot roll back alias '%s' of model '%s': %s; promote the version that you want"
                                .formatted(alias, model, whyNoneBefore(alias))));
    }

    private boolean isVersion(int number) {
        return number >= 1 && number <= versions.size();
    }

    ModelVersion version(int number) {
        if (!isVersion(number)) {
            throw new RegistryException("Cannot find version %d of model '%s': %s"
                    .formatted(
                            number,
                            model,
                            versions.isEmpty() ? "it has none" : "it has versions 1 to " + versions.size()));
        }
        return versions.get(number - 1);
    }

    void requireHolder(String alias, int expected) {
        if (holder(alias) != expected) {
            throw new ConflictException(
                    ("Cannot move alias '%s' of model '%s': it points to %s, not to %s as expected (%s); "
                                    + "look at the history and decide again")
                            .formatted(
                                    alias,
                                    model,
                                    name(holder(alias)),
                                    name(expected),
                                    lastMoves.getOrDefault(alias, "it was never set")));
        }
    }

    boolean isJudged(String alias, int number, GateDecision decision) {
        return events.stream()
                .anyMatch(event -> event instanceof Event.Judged judged
                        && judged.alias().equals(alias)
                        && judged.version() == number
                        && judged.decision().equals(decision));
    }

    RegisteredModel snapshot() {
        TreeMap<String, Integer> aliases = new TreeMap<>();
        holders.forEach((alias, stack) -> aliases.put(alias, stack.peek()));
        return new RegisteredModel(model, versions, aliases);
    }

    private void replay(Event event) {
        if (event instanceof Event.Registered registered) {
            require(
                    event,
                    registered.version().model().equals(model)
                            && registered.version().number() == nextVersion());
            versions.add(registered.version());
        } else if (event instanceof Event.Promoted moved) {
            require(event, holder(moved.alias()) == moved.previous() && isVersion(moved.version()));
            holders.computeIfAbsent(moved.alias(), alias -> new ArrayDeque<>()).push(moved.version());
            lastMoves.put(
                    moved.alias(), "promoted by %s at %s: %s".formatted(moved.actor(), moved.at(), moved.reason()));
        } else if (event instanceof Event.RolledBack moved) {
            require(event, holder(moved.alias()) == moved.previous() && holderBefore(moved.alias()) == moved.version());
            holders.get(moved.alias()).pop();
            lastMoves.put(
                    moved.alias(), "rolled back by %s at %s: %s".formatted(moved.actor(), moved.at(), moved.reason()));
        } else if (event instanceof Event.Judged judged) {
            require(event, isVersion(judged.version()));
        }
    }

    private void require(Event event, boolean follows) {
        if (!follows) {
            throw new RegistryException(
                    "Cannot read the history of model '%s': event %d does not follow from those before; restore it"
                            .formatted(model, event.number()));
        }
    }

    private String whyNoneBefore(String alias) {
        return holder(alias) == ModelRegistry.NO_VERSION
                ? "it does not exist"
                : "no version held it before version " + holder(alias);
    }

    private static String name(int version) {
        return version == ModelRegistry.NO_VERSION ? "no version" : "version " + version;
    }
}
