package io.trainyard.jobs.bench;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** Memory that native code has freed, and that the C library keeps for what comes next. */
final class FreedMemory {
    private FreedMemory() {}

    /** Hands it back to the system, so that what is left in a process is in use; does nothing where the C library is not GNU's. */
    static void giveBack() {
        try {
            Native.load("c", C.class).malloc_trim(0);
        } catch (UnsatisfiedLinkError otherLibrary) {
            return;
        }
    }

    interface C extends Library {
        int malloc_trim(long pad);
    }
}
