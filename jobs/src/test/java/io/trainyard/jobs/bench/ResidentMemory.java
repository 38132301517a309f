package io.trainyard.jobs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Memory of this process that is in RAM, as Linux counts it, in bytes. */
final class ResidentMemory {
    private static final long KIB = 1024;
    private static final String RESET_PEAK = "5";

    private ResidentMemory() {}

    static long now() throws IOException {
        return status("VmRSS:");
    }

    /** The most since {@link #resetPeak}. */
    static long peak() throws IOException {
        return status("VmHWM:");
    }

    static void resetPeak() throws IOException {
        Files.writeString(Path.of("/proc/self/clear_refs"), RESET_PEAK);
    }

    private static long status(String line) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return KIB
                    * lines.filter(text -> text.startsWith(line))
                            .mapToLong(text -> Long.parseLong(text.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow();
        }
    }
}
