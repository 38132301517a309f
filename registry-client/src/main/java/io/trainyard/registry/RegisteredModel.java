package io.trainyard.registry;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model at one moment.
 *
 * @param name its name
 * @param versions in the order of their numbers
 * @param aliases the number of the version that each alias points to
 * @param before the number of the version that a rollback of an alias returns to, for each alias that one held before
 * @param discarded versions that are on record alone, without their files, by their numbers
 */
public record RegisteredModel(
        String name,
        List<ModelVersion> versions,
        Map<String, Integer> aliases,
        Map<String, Integer> before,
        Map<Integer, Discard> discarded) {
    /** Copies what it is given. */
    public RegisteredModel {
        versions = List.copyOf(versions);
        aliases = Collections.unmodifiableMap(new TreeMap<>(aliases));
        before = Collections.unmodifiableMap(new TreeMap<>(before));
        discarded = Collections.unmodifiableMap(new TreeMap<>(discarded));
    }

    /** Those that have their files. */
    public List<ModelVersion> kept() {
        return versions.stream()
                .filter(version -> !discarded.containsKey(version.number()))
                .toList();
    }

    /** The numbers of the versions that an alias points to, or that a rollback returns to. */
    public Set<Integer> needed() {
        return Stream.concat(aliases.values().stream(), before.values().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Refuses what needs the files of a version.
     *
     * @param what in words, such as {@code fetch}
     * @throws RegistryException when it was discarded
     */
    public void requireKept(int number, String what) {
        Optional.ofNullable(discarded.get(number)).ifPresent(discard -> {
            throw discard.refusal(what, name, number);
        });
    }

    /** @throws ConflictException when an alias points to the version, or a rollback would return to it */
    public void requireDispensable(int number) {
        if (needed().contains(number)) {
            String why = aliases.entrySet().stream()
                    .filter(alias -> alias.getValue() == number)
                    .map(alias -> "alias '%s' points to it".formatted(alias.getKey()))
                    .findFirst()
                    .orElse("a rollback would return to it");
            throw new ConflictException("Cannot discard version %d of model '%s': %s; promote another one first"
                    .formatted(number, name, why));
        }
    }
}
