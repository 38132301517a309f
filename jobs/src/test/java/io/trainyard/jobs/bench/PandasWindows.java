package io.trainyard.jobs.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Rolling windows of pandas in a Python process, where it is installed.
 *
 * @param python the interpreter, by name or path
 */
record PandasWindows(String python) {
    private static final String SCRIPT = "pandas_windows.py";

    boolean installed() throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", "import pandas, pyarrow")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchInterpreter) {
            return false;
        }
    }

    /** Seconds of each run over rows that are in memory already. */
    List<Double> seconds(Path transactions, int runs) throws IOException, InterruptedException {
        try (WorkFolder folder = new WorkFolder()) {
            Path script = folder.path().resolve(SCRIPT);
            try (InputStream source = PandasWindows.class.getResourceAsStream(SCRIPT)) {
                Files.copy(source, script);
            }
            Process process = new ProcessBuilder(
                            python, script.toString(), transactions.toString(), Integer.toString(runs))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException("pandas ended with exit code " + code + "; its own message is above");
            }
            return answer.lines()
                    .filter(line -> line.startsWith("seconds "))
                    .map(line -> Double.valueOf(line.substring("seconds ".length())))
                    .toList();
        }
    }
}
