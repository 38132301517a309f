package io.trainyard.registry.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.registry.Refusal;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Surroundings;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.BundleWriter;
import io.trainyard.registry.bundle.SampleBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a bundle holds, it is refused in words or harmless: no other exception, no endless loop, no full memory. */
class MutatedBundlesTest {
    private static final int SOME = 600;
    private static final int ALL = 10_000;

    /** Far above what one takes; only an endless loop would reach it. */
    private static final Duration ENDLESS = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private BundleMutations mutations;

    @BeforeEach
    void writeBundle() throws IOException {
        TrainedBooster booster =
                TrainedBooster.train(GeneratedRows.mixed("binary:logistic"), 2, Map.of("max_depth", 3));
        Path original = Files.createDirectory(folder.resolve("original"));
        Files.write(original.resolve("model.ubj"), booster.ubj());
        BundleWriter.write(original, booster.data().encoding(), SampleBundle.METADATA);
        Files.writeString(Files.createDirectory(folder.resolve("outside")).resolve("file"), "precious");
        mutations = BundleMutations.of(original);
    }

    @Test
    void someMutatedBundlesAreRefusedOrHarmless() throws IOException {
        requireRefusedOrHarmless(0, SOME);
    }

    @Test
    @Tag("slow")
    void tenThousandMutatedBundlesAreRefusedOrHarmless() throws IOException {
        requireRefusedOrHarmless(SOME, ALL);
    }

    private void requireRefusedOrHarmless(int from, int to) throws IOException {
        Surroundings before = Surroundings.of(folder);
        int refused = 0;
        for (int seed = from; seed < to; seed++) {
            Path directory = mutations.write(folder.resolve("mutated"), new SplittableRandom(seed));
            String name = "seed " + seed;
            refused += Assertions.assertTimeoutPreemptively(ENDLESS, () -> isRefused(directory, name), name) ? 1 : 0;
            mutations.delete(directory);
        }

        assertThat(refused).isBetween((to - from) / 2, to - from - 1);
        before.requireUntouched();
    }

    private static boolean isRefused(Path directory, String name) {
        try {
            Bundle bundle = Bundle.open(directory);
            assertThat(bundle.metadata().lineage()).as(name).isNotNull();
            assertThat(bundle.encoding().columns()).as(name).isNotEmpty();
            Scorer scorer = Scorer.open(directory);
            Object[] row = new Object[scorer.features().size()];
            assertThat(scorer.score(row).label()).as(name).isNotNull();
            return false;
        } catch (RegistryException e) {
            assertThat(e).as(name).hasMessageStartingWith("Cannot ");
            Refusal.requirePlain(e.getMessage());
            return true;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(name, e);
        }
    }
}
