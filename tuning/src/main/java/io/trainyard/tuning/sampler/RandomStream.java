package io.trainyard.tuning.sampler;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Independent streams of random numbers by what they are for, so that no draw depends on how many others were made. */
final class RandomStream {

    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private RandomStream() {}

    /**
     * The stream of a study's seed, a trial and a purpose.
     *
     * @param purpose distinguishes the uses within one trial
     */
    static RandomGenerator of(long seed, int number, String purpose) {
        return FACTORY.create(mix(mix(mix(seed) + number) + purpose.hashCode()));
    }

    /** A standard normal draw, by Marsaglia's polar method: the JDK does not promise how it draws its own. */
    static double gaussian(RandomGenerator random) {
        while (true) {
            double x = 2 * random.nextDouble() - 1;
            double y = 2 * random.nextDouble() - 1;
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014): near seeds give unrelated results. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
