package io.trainyard.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Brings a model of one registry into another: its versions with their bundles, what gates said of them, and its aliases. What is there
 * already is found by the fingerprint of the run that made it, so that it can be done again at any time, also after it was cut off.
 * Numbers may differ on both sides. What only the target has is left alone, and what was discarded on either side is not brought.
 */
public final class RegistrySync {
    private final ModelRegistry source;
    private final ModelRegistry target;
    private final Path scratch;
    private final Consumer<ModelVersion> bringing;
    private final Consumer<Path> check;

    /**
     * @param scratch a local directory for bundles on their way
     * @param bringing is told of each version before it is brought, which may take a while
     * @param check is given the directory of each bundle on its way, and throws a {@link RegistryException} when it must not be registered
     */
    public RegistrySync(
            ModelRegistry source,
            ModelRegistry target,
            Path scratch,
            Consumer<ModelVersion> bringing,
            Consumer<Path> check) {
        this.source = source;
        this.target = target;
        this.scratch = scratch;
        this.bringing = bringing;
        this.check = check;
    }

    /**
     * What was done.
     *
     * @param versions those of the source's that are in the target, by their number in the source
     * @param aliases all of the source's
     */
    public record Report(SortedMap<Integer, Copy> versions, SortedMap<String, AliasCopy> aliases) {}

    /**
     * A version in the target.
     *
     * @param number in the target
     * @param isNew whether it was brought there now
     */
    public record Copy(int number, boolean isNew) {}

    /** What became of an alias. */
    public enum AliasCopy {
        /** It was moved to the same version as in the source. */
        MOVED,
        /** It pointed there already. */
        EQUAL,
        /** It points to a version that the source does not have: somebody else's decision, and left as it is. */
        LEFT
    }

    /**
     * Does it for one model.
     *
     * @throws RegistryException when the source has no such model, the target cannot have it or has another bundle of the same run, or a bundle
     *     did not pass the check; what was done until then stays
     * @throws ConflictException when an alias of the target was moved in the meantime; what was done until then stays
     */
    public Report of(String model) {
        RegisteredModel found = source.model(model)
                .orElseThrow(() -> new RegistryException(
                        "Cannot sync model '%s': the registry to sync from has none of that name".formatted(model)));
        target.requireRegisters(model);
        SortedMap<Integer, Copy> versions = new TreeMap<>();
        for (ModelVersion version : found.versions()) {
            Optional<ModelVersion> there = there(version);
            if (there.isPresent()) {
                requireEqual(version, there.get());
                versions.put(version.number(), new Copy(there.get().number(), false));
            } else if (!found.discarded().containsKey(version.number())) {
                versions.put(version.number(), new Copy(brought(version).number(), true));
            }
        }
        for (Event event : source.history(model)) {
            if (event instanceof Event.Judged judged && versions.containsKey(judged.version())) {
                target.judge(
                        model, judged.alias(), versions.get(judged.version()).number(), judged.decision());
            }
        }
        SortedMap<String, AliasCopy> aliases = new TreeMap<>();
        found.aliases()
                .forEach((alias, number) -> aliases.put(
                        alias, moved(found, alias, versions.get(number).number())));
        return new Report(versions, aliases);
    }

    /** The target's version of the same run, one that has its files if there is one. */
    private Optional<ModelVersion> there(ModelVersion version) {
        Optional<RegisteredModel> model = target.model(version.model());
        return Stream.concat(
                        model.stream().flatMap(known -> known.kept().stream()),
                        model.stream().flatMap(known -> known.versions().stream()))
                .filter(known -> known.fingerprint().equals(version.fingerprint()))
                .findFirst();
    }

    private ModelVersion brought(ModelVersion version) {
        bringing.accept(version);
        Path bundle = scratch.resolve("version-" + version.number());
        source.fetch(version, bundle);
        try {
            requireGood(version, bundle);
            ModelVersion made = target.register(version.model(), bundle, version.fingerprint(), version.tags());
            requireEqual(version, made);
            return made;
        } finally {
            delete(bundle);
        }
    }

    private void requireGood(ModelVersion version, Path bundle) {
        try {
            check.accept(bundle);
        } catch (RegistryException e) {
            throw new RegistryException(
                    "Cannot sync version %d of model '%s', nor any after it: %s"
                            .formatted(version.number(), version.model(), e.getMessage()),
                    e);
        }
    }

    private static void requireEqual(ModelVersion version, ModelVersion there) {
        if (!version.digest().equals(there.digest())) {
            throw new RegistryException(
                    ("Cannot sync version %d of model '%s': version %d of the registry to sync to is of the same run and has another"
                                    + " bundle, %s instead of %s; remove one of the two")
                            .formatted(
                                    version.number(),
                                    version.model(),
                                    there.number(),
                                    there.digest(),
                                    version.digest()));
        }
    }

    private AliasCopy moved(RegisteredModel found, String alias, int number) {
        Optional<ModelVersion> holder = target.byAlias(found.name(), alias);
        if (holder.map(ModelVersion::number).equals(Optional.of(number))) {
            return AliasCopy.EQUAL;
        }
        boolean isForeign = holder.isPresent()
                && found.versions().stream()
                        .noneMatch(version ->
                                version.fingerprint().equals(holder.get().fingerprint()));
        if (isForeign) {
            return AliasCopy.LEFT;
        }
        int expected = holder.map(ModelVersion::number).orElse(ModelRegistry.NO_VERSION);
        target.promote(found.name(), alias, number, expected, reason(found.name(), alias));
        return AliasCopy.MOVED;
    }

    /** Of the last move in the source. */
    private String reason(String model, String alias) {
        List<String> reasons = new ArrayList<>();
        for (Event event : source.history(model)) {
            if (event instanceof Event.Promoted moved && moved.alias().equals(alias)) {
                reasons.add(moved.reason());
            } else if (event instanceof Event.RolledBack moved && moved.alias().equals(alias)) {
                reasons.add(moved.reason());
            }
        }
        return "synced" + (reasons.isEmpty() ? "" : ": " + reasons.get(reasons.size() - 1));
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
    }
}
