package io.trainyard.jobs.demo;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Independent streams of random numbers: each is named by seed, purpose and index, and no other draw moves it. */
enum RandomStream {
    TERMINAL_PLACES(1),
    TERMINALS_COMPROMISED(2),
    CUSTOMERS_COMPROMISED(3),
    CUSTOMER(4);

    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    /** 2⁶⁴ divided by the golden ratio, odd: multiples of it spread over all 64 bits. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final int purpose;

    RandomStream(int purpose) {
        this.purpose = purpose;
    }

    RandomGenerator of(long seed, long index) {
        return FACTORY.create(mixed(mixed(seed + GOLDEN * purpose) + GOLDEN * index));
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014): neighbours become unrelated. */
    private static long mixed(long value) {
        long first = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
        return second ^ (second >>> 31);
    }
}
