package io.trainyard.tuning.matrix;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** The C functions of XGBoost's library that its Java package does not offer, called through JNA. */
public final class NativeLibrary {
    /** The library's functions, of the very copy that XGBoost's Java package has loaded: another would have its own state. */
    private static final Access ACCESS = access();

    private static final Pattern CUDA = Pattern.compile("\"USE_CUDA\"\\s*:\\s*true");

    private NativeLibrary() {}

    /** The functions, or null and why there are none. */
    private record Access(Functions functions, String obstacle) {}

    /** Why this platform does not let Java call the library's C functions; empty where it does. Loads the library. */
    public static Optional<String> obstacle() {
        return Optional.ofNullable(ACCESS.obstacle());
    }

    /** Whether the library was built for GPUs; false also where the platform does not let Java ask. */
    public static boolean cuda() {
        if (ACCESS.functions() == null) {
            return false;
        }
        PointerByReference built = new PointerByReference();
        return ACCESS.functions().XGBuildInfo(built) == 0
                && CUDA.matcher(built.getValue().getString(0)).find();
    }

    static Functions functions() {
        return ACCESS.functions();
    }

    private static Access access() {
        try {
            new DMatrix(new float[] {0}, 1, 1, Float.NaN).dispose(); // Loads the library.
            return loaded().map(library -> new Access(Native.load(library, Functions.class), null))
                    .orElseGet(() ->
                            new Access(null, "this platform does not tell where XGBoost's library was loaded from"));
        } catch (XGBoostError | IOException | LinkageError | RuntimeException unavailable) {
            return new Access(null, String.valueOf(unavailable.getMessage()));
        }
    }

    /** The file of XGBoost's library in this process, which Linux alone tells. */
    private static Optional<String> loaded() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.exists(maps)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(maps)) {
            return lines.filter(line -> line.contains("xgboost4j") && line.endsWith(".so"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .findFirst();
        }
    }

    /** Names and types as in XGBoost's {@code c_api.h}. */
    interface Functions extends Library {
        int XGProxyDMatrixCreate(PointerByReference out);

        int XGProxyDMatrixSetDataDense(Pointer proxy, String arrayInterface);

        int XGQuantileDMatrixCreateFromCallback(
                Pointer iterator,
                Pointer proxy,
                Pointer reference,
                QuantileMatrix.Rewind reset,
                QuantileMatrix.Next next,
                String settings,
                PointerByReference out);

        int XGBuildInfo(PointerByReference json);

        String XGBGetLastError();
    }
}
