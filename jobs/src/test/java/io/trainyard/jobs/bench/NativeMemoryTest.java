package io.trainyard.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.jna.Memory;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    private static final long BLOCK = 64L << 20;

    @Test
    void countsWhatIsAllocatedAndNotWhatWasFreed() {
        assumeThat(NativeMemory.inUse()).as("a C library that tells").isPresent();
        long before = NativeMemory.inUse().getAsLong();
        long with;
        try (Memory block = new Memory(BLOCK)) {
            with = NativeMemory.inUse().getAsLong();
            assertThat(block.size()).isEqualTo(BLOCK);
        }
        long after = NativeMemory.inUse().getAsLong();

        assertThat(with - before).isBetween(BLOCK, BLOCK * 5 / 4);
        assertThat(with - after).isBetween(BLOCK * 3 / 4, BLOCK * 5 / 4);
    }
}
