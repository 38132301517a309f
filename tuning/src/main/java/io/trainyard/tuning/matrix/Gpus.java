package io.trainyard.tuning.matrix;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;

/** What NVIDIA's driver says of this process's GPUs. XGBoost itself trains on processors where it finds none, without a word. */
public final class Gpus {
    private static final String DRIVER = "libcuda.so.1";

    private Gpus() {}

    /** How many this process may use; none where there is no driver. */
    public static int count() {
        try {
            Driver driver = Native.load(DRIVER, Driver.class);
            IntByReference count = new IntByReference();
            return driver.cuInit(0) == 0 && driver.cuDeviceGetCount(count) == 0 ? count.getValue() : 0;
        } catch (LinkageError absent) {
            return 0;
        }
    }

    /** Names as in CUDA's driver API; 0 is success. */
    interface Driver extends Library {
        int cuInit(int flags);

        int cuDeviceGetCount(IntByReference count);
    }
}
