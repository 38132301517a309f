package io.trainyard.registry.file;

import io.trainyard.registry.ConflictException;
import io.trainyard.registry.Discard;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Map<Integer, Discard> discards = new TreeMap<>();
    private final Map<Integer, BundlePlace> places = new HashMap<>();

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
                .filter(version -> !isDiscarded(version.number()))
                .filter(version -> version.fingerprint().equals(fingerprint))
                .findFirst();
    }

    boolean isDiscarded(int number) {
        return discards.containsKey(number);
    }

    /** Where the files of a version are, or were. */
    BundlePlace place(int number) {
        return places.get(number);
    }

    /** Where the files of the next version with this digest go: never where those of one that was discarded may just be removed. */
    BundlePlace nextPlace(String digest) {
        int round = Math.toIntExact(discards.keySet().stream()
                .filter(number -> places.get(number).digest().equals(digest))
                .count());
        return new BundlePlace(model, digest, round);
    }

    /** Places of discarded versions that no other version shares. */
    Set<BundlePlace> left() {
        Set<BundlePlace> left = new HashSet<>();
        discards.keySet().forEach(number -> left.add(places.get(number)));
        places.forEach((number, place) -> {
            if (!isDiscarded(number)) {
                left.remove(place);
            }
        });
        return left;
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
        Map<String, Integer> aliases = new TreeMap<>();
        Map<String, Integer> before = new TreeMap<>();
        holders.forEach((alias, stack) -> {
            aliases.put(alias, stack.peek());
            stack.stream().skip(1).findFirst().ifPresent(number -> before.put(alias, number));
        });
        return new RegisteredModel(model, versions, aliases, before, discards);
    }

    private void replay(Event event) {
        if (event instanceof Event.Registered registered) {
            require(
                    event,
                    registered.version().model().equals(model)
                            && registered.version().number() == nextVersion());
            versions.add(registered.version());
            places.put(
                    registered.version().number(),
                    nextPlace(registered.version().digest()));
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
        } else if (event instanceof Event.Discarded discarded) {
            require(event, isVersion(discarded.version()) && !isDiscarded(discarded.version()));
            discards.put(discarded.version(), new Discard(discarded.at(), discarded.actor(), discarded.reason()));
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
