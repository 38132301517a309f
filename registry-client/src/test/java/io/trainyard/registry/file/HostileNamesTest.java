package io.trainyard.registry.file;

import io.trainyard.registry.Refusal;
import io.trainyard.registry.Surroundings;
import io.trainyard.registry.bundle.SampleBundle;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of models and aliases that would be another path, or look like another name. */
class HostileNamesTest {
    @TempDir
    private Path folder;

    private Path bundle;

    @BeforeEach
    void writeBundle() {
        bundle = folder.resolve("bundle");
        SampleBundle.write(bundle, "booster");
    }

    static Stream<String> names() {
        return Stream.of(
                "",
                ".",
                "..",
                "../outside",
                "a/../../outside",
                "a/b",
                "a\\..\\outside",
                "C:",
                "C:\\outside",
                "~",
                "%2e%2e",
                "..%2foutside",
                "a\u0000",
                "a\n",
                "a\u001b[2J",
                "a\u202eb",
                "a b",
                "fr\u0430ud",
                "\uff0e\uff0e",
                "\ud83d",
                "con",
                "NUL",
                "aux.v2",
                "Com1",
                "lpt9.bin",
                "fraud.",
                "a".repeat(129),
                "a".repeat(1_000_000));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameThatIsNoPlainFolderEverywhereIsRefused(String name) {
        Surroundings before = Surroundings.of(folder);
        PathRegistry registry = registry();
        String message = "as the name of a model: begin with a letter";

        Refusal.of(() -> registry.register(name, bundle, "f1", Map.of()), message);
        Refusal.of(() -> registry.model(name), message);
        Refusal.of(() -> registry.history(name), message);
        Refusal.of(() -> registry.promote(name, "champion", 1, 0, "x"), message);
        before.requireUntouched();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "..", "../x", "a/b", "a@b", "a\n", "ch\u0430mpion", "a\u202eb", "latest", "v1", "Champion"})
    void anAliasThatIsNoneIsRefused(String alias) {
        registry().register("fraud", bundle, "f1", Map.of());
        Surroundings before = Surroundings.of(folder);

        Refusal.of(() -> registry().promote("fraud", alias, 1, 0, "x"), "as an alias: ");
        Refusal.of(() -> registry().rollback("fraud", alias, 1, "x"), "as an alias: ");
        Refusal.of(() -> registry().byAlias("fraud", alias), "as an alias: ");
        before.requireUntouched();
    }

    private PathRegistry registry() {
        return new PathRegistry(new LocalStorage(folder.resolve("registry")), Clock.systemUTC(), "alice");
    }
}
