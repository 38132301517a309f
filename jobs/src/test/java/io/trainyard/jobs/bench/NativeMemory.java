package io.trainyard.jobs.bench;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Structure;
import java.util.OptionalLong;

/** What the C library's {@code malloc} gave to native code: the matrices and models of XGBoost, and much of the virtual machine's own. */
final class NativeMemory {
    private NativeMemory() {}

    /**
     * The bytes that were not freed, to the byte, however they lie in memory.
     *
     * @return empty where the C library is not GNU's of version 2.33 or later
     */
    static OptionalLong inUse() {
        try {
            MallInfo info = Native.load("c", C.class).mallinfo2();
            return OptionalLong.of(info.uordblks.longValue() + info.hblkhd.longValue());
        } catch (UnsatisfiedLinkError otherLibrary) {
            return OptionalLong.empty();
        }
    }

    /** Hands what was freed back to the system; does nothing where the C library is not GNU's. */
    static void giveBack() {
        try {
            Native.load("c", C.class).malloc_trim(0);
        } catch (UnsatisfiedLinkError otherLibrary) {
            return;
        }
    }

    /** By the names of {@code mallinfo(3)}. */
    public interface C extends Library {
        int malloc_trim(long pad);

        MallInfo mallinfo2();
    }

    /** All are of C's {@code size_t}. */
    @Structure.FieldOrder({
        "arena",
        "ordblks",
        "smblks",
        "hblks",
        "hblkhd",
        "usmblks",
        "fsmblks",
        "uordblks",
        "fordblks",
        "keepcost"
    })
    public static final class MallInfo extends Structure implements Structure.ByValue {
        public NativeLong arena;
        public NativeLong ordblks;
        public NativeLong smblks;
        public NativeLong hblks;
        /** Bytes of large blocks, which have a mapping each. */
        public NativeLong hblkhd;

        public NativeLong usmblks;
        public NativeLong fsmblks;
        /** Bytes of all others that are in use, over all arenas. */
        public NativeLong uordblks;

        public NativeLong fordblks;
        public NativeLong keepcost;
    }
}
