package io.trainyard.registry.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a model file holds, it is refused in words or evaluated: no other exception, no endless loop. */
class MutatedModelsTest {
    private static final int MUTATIONS = 5_000;

    @ParameterizedTest
    @ValueSource(strings = {"binary:logistic", "multi:softprob"})
    void mutatedModelsAreRefusedOrEvaluated(String objective) {
        TrainedBooster booster = TrainedBooster.train(GeneratedRows.mixed(objective), 2, Map.of("max_depth", 3));
        float[] rows = booster.data().others(9);
        int refused = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            byte[] mutated = mutated(booster.ubj(), new SplittableRandom(seed));
            refused += isRefused(booster, mutated, rows, seed) ? 1 : 0;
        }

        assertThat(refused).isBetween(MUTATIONS / 4, MUTATIONS - 1);
    }

    private static boolean isRefused(TrainedBooster booster, byte[] mutated, float[] rows, int seed) {
        try {
            BoostedTrees read = new BoosterReader(booster.data().encoding()).read(mutated);
            for (float score : TrainedBooster.ours(read, rows)) {
                assertThat(score).as("seed %d", seed).isNotNaN();
            }
            return false;
        } catch (ModelFileException e) {
            assertThat(e).as("seed %d", seed).message().isNotBlank().contains("; ");
            return true;
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static byte[] mutated(byte[] model, SplittableRandom random) {
        byte[] mutated = model.clone();
        int at = random.nextInt(model.length - Long.BYTES);
        int length = random.nextInt(1, 40);
        int end = Math.min(at + length, model.length);
        switch (random.nextInt(8)) {
            case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> mutated[at] = (byte) random.nextInt(256);
            case 2 -> ByteBuffer.wrap(mutated).putInt(at, random.nextInt(-3, 12));
            case 3 -> ByteBuffer.wrap(mutated).putLong(at, random.nextLong() >> random.nextInt(64));
            case 4 -> ByteBuffer.wrap(mutated).putFloat(at, random.nextBoolean() ? Float.NaN : Float.MAX_VALUE);
            case 5 -> System.arraycopy(model, random.nextInt(model.length - length), mutated, at, end - at);
            case 6 -> mutated = Arrays.copyOf(model, at);
            default -> mutated = without(model, at, end);
        }
        return mutated;
    }

    private static byte[] without(byte[] model, int from, int to) {
        byte[] shorter = Arrays.copyOf(model, model.length - (to - from));
        System.arraycopy(model, to, shorter, from, model.length - to);
        return shorter;
    }
}
