package io.trainyard.registry.mlflow;

import io.trainyard.registry.ConflictException;
import io.trainyard.registry.Discard;
import io.trainyard.registry.Event;
import io.trainyard.registry.GateDecision;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import io.trainyard.registry.RegistryException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * A model at one moment, as its versions, aliases and tags have it.
 *
 * @param versions those that were registered here and can be used, by number
 * @param moves those that are done, by number
 * @param ledgers runs of versions, by number; numbers of moves are claimed in the first that there is
 */
record ModelState(MlflowModel model, List<StoredVersion> versions, List<Move> moves, List<String> ledgers) {
    /** Of two versions with one fingerprint the first is the version; the second is what a race has left, and is discarded with it. */
    static ModelState of(MlflowModel model, List<MlflowVersion> found) {
        Set<String> seen = new HashSet<>();
        List<StoredVersion> versions = found.stream()
                .filter(MlflowVersion::isReady)
                .sorted(Comparator.comparing(MlflowVersion::number))
                .map(VersionTags::read)
                .flatMap(Optional::stream)
                .filter(stored -> seen.add(
                        stored.isDiscarded()
                                ? "discarded " + stored.runId()
                                : "kept " + stored.version().fingerprint()))
                .toList();
        List<String> ledgers = versions.stream().map(StoredVersion::runId).toList();
        return new ModelState(model, versions, MoveJson.all(model.name(), model.tags()), ledgers);
    }

    /** The same with other ledgers, where versions do not become ready in the order of their numbers. */
    ModelState with(List<String> others) {
        return new ModelState(model, versions, moves, others);
    }

    /** There is no such model. */
    static ModelState none(String name) {
        return of(new MlflowModel(name, Instant.EPOCH, Map.of(), Map.of()), List.of());
    }

    String name() {
        return model.name();
    }

    RegisteredModel snapshot() {
        Map<String, Integer> aliases = new TreeMap<>(model.aliases());
        aliases.values().removeIf(number -> find(number).isEmpty());
        Map<String, Integer> before = new TreeMap<>();
        aliases.keySet().forEach(alias -> before(alias).ifPresent(number -> before.put(alias, number)));
        return new RegisteredModel(
                name(), versions.stream().map(StoredVersion::version).toList(), aliases, before, discarded());
    }

    private Map<Integer, Discard> discarded() {
        Map<Integer, Discard> discarded = new TreeMap<>();
        versions.forEach(stored -> stored.discard().ifPresent(discard -> discarded.put(stored.number(), discard)));
        return discarded;
    }

    /** How many versions of this bundle and fingerprint were discarded. */
    long discarded(String fingerprint, String digest) {
        return versions.stream()
                .filter(StoredVersion::isDiscarded)
                .map(StoredVersion::version)
                .filter(version -> version.fingerprint().equals(fingerprint)
                        && version.digest().equals(digest))
                .count();
    }

    /** Where MLflow has the alias, whoever has put it there; {@link ModelRegistry#NO_VERSION} when it has none. */
    int holder(String alias) {
        return model.aliases().getOrDefault(alias, ModelRegistry.NO_VERSION);
    }

    /** Whether a version that has its files is of the run with this fingerprint. */
    boolean holds(String fingerprint) {
        return versions.stream()
                .anyMatch(stored ->
                        !stored.isDiscarded() && stored.version().fingerprint().equals(fingerprint));
    }

    Optional<ModelVersion> find(int number) {
        return versions.stream()
                .filter(stored -> stored.number() == number)
                .findFirst()
                .map(StoredVersion::version);
    }

    ModelVersion version(int number) {
        return stored(number).version();
    }

    StoredVersion stored(int number) {
        return versions.stream()
                .filter(stored -> stored.number() == number)
                .findFirst()
                .orElseThrow(() -> new RegistryException("Cannot find version %d of model '%s': %s"
                        .formatted(number, name(), versions.isEmpty() ? "it has none" : "it has versions " + range())));
    }

    void requireHolder(String alias, int expected) {
        if (holder(alias) != expected) {
            throw new ConflictException(
                    ("Cannot move alias '%s' of model '%s': it points to %s, not to %s as expected (%s); "
                                    + "look at the history and decide again")
                            .formatted(alias, name(), text(holder(alias)), text(expected), lastMove(alias)));
        }
    }

    private Optional<Integer> before(String alias) {
        return new AliasStack(moves(alias), holder(alias)).before();
    }

    /** The number of the version that a rollback of the alias returns to. */
    int holderBefore(String alias) {
        return before(alias)
                .orElseThrow(() -> new RegistryException(
                        "Cannot roll back alias '%s' of model '%s': %s; promote the version that you want"
                                .formatted(
                                        alias,
                                        name(),
                                        holder(alias) == ModelRegistry.NO_VERSION
                                                ? "it does not exist"
                                                : "no version held it before version " + holder(alias))));
    }

    int nextMove() {
        return moves.isEmpty() ? 1 : moves.get(moves.size() - 1).number() + 1;
    }

    int newestVersion() {
        return versions.isEmpty()
                ? ModelRegistry.NO_VERSION
                : versions.get(versions.size() - 1).number();
    }

    /**
     * Registrations and moves, in the order in which they came; what was said of a version follows its registration. Of a version that was
     * discarded only the time is known, by the clock of whoever did it.
     */
    List<Event> history() {
        List<Event> events = new ArrayList<>();
        List<StoredVersion> left = new ArrayList<>(versions);
        Map<Integer, Discard> discarded = discarded();
        for (Move move : moves) {
            while (!left.isEmpty() && left.get(0).number() <= move.newest()) {
                addRegistered(events, left.remove(0));
            }
            addDiscarded(events, discarded, version -> version <= move.newest(), move.at());
            events.add(moved(events.size() + 1, move));
        }
        left.forEach(version -> addRegistered(events, version));
        addDiscarded(events, discarded, version -> true, Instant.MAX);
        return List.copyOf(events);
    }

    private static void addDiscarded(
            List<Event> events, Map<Integer, Discard> discarded, IntPredicate registered, Instant before) {
        List<Integer> numbers = discarded.entrySet().stream()
                .filter(entry ->
                        registered.test(entry.getKey()) && entry.getValue().at().isBefore(before))
                .sorted(Comparator.comparing(entry -> entry.getValue().at()))
                .map(Map.Entry::getKey)
                .toList();
        for (int number : numbers) {
            Discard discard = discarded.remove(number);
            events.add(new Event.Discarded(events.size() + 1, discard.at(), discard.actor(), number, discard.reason()));
        }
    }

    private static void addRegistered(List<Event> events, StoredVersion stored) {
        events.add(new Event.Registered(
                events.size() + 1, stored.version().registered(), stored.actor(), stored.version()));
        for (JudgementTags.Judgement judged : stored.judged()) {
            events.add(new Event.Judged(
                    events.size() + 1,
                    judged.at(),
                    judged.actor(),
                    judged.alias(),
                    stored.number(),
                    judged.decision()));
        }
    }

    boolean isJudged(String alias, int number, GateDecision decision) {
        return versions.stream()
                .filter(stored -> stored.number() == number)
                .flatMap(stored -> stored.judged().stream())
                .anyMatch(judged -> judged.says(alias, decision));
    }

    private static Event moved(int number, Move move) {
        return move.isRollback()
                ? new Event.RolledBack(
                        number, move.at(), move.actor(), move.alias(), move.version(), move.previous(), move.reason())
                : new Event.Promoted(
                        number, move.at(), move.actor(), move.alias(), move.version(), move.previous(), move.reason());
    }

    private List<Move> moves(String alias) {
        return moves.stream().filter(move -> move.alias().equals(alias)).toList();
    }

    private String lastMove(String alias) {
        List<Move> all = moves(alias);
        if (all.isEmpty() && holder(alias) == ModelRegistry.NO_VERSION) {
            return "it was never set";
        }
        boolean isKnown = !all.isEmpty() && all.get(all.size() - 1).version() == holder(alias);
        return isKnown ? all.get(all.size() - 1).text() : "moved past Trainyard, without a reason";
    }

    private String range() {
        return versions.get(0).number() + " to " + newestVersion();
    }

    private static String text(int version) {
        return version == ModelRegistry.NO_VERSION ? "no version" : "version " + version;
    }
}
