package io.trainyard.jobs.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Ray Tune in a Python process, where it is installed. */
final class RayTune {
    static final String NAME = "Ray Tune";
    private static final String SCRIPT = "ray_tune.py";

    private final String python;

    /** @param python the interpreter, by name or path */
    RayTune(String python) {
        this.python = python;
    }

    /** Whether the interpreter is there and can import it. */
    boolean installed() throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", "import ray.tune")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchInterpreter) {
            return false;
        }
    }

    /**
     * Seconds of so many trials that return at once, one list entry a run. Starting Ray is not counted, and workers are reused.
     *
     * @param folder for Ray's results
     */
    List<Double> seconds(int trials, int slots, int runs, Path folder) throws IOException, InterruptedException {
        Path script = folder.resolve(SCRIPT);
        try (InputStream source = RayTune.class.getResourceAsStream(SCRIPT)) {
            Files.copy(source, script);
        }
        Process process = new ProcessBuilder(
                        python,
                        script.toString(),
                        Integer.toString(trials),
                        Integer.toString(slots),
                        Integer.toString(runs),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("Ray Tune ended with exit code " + code + "; its own message is above");
        }
        return answer.lines()
                .filter(line -> line.startsWith("seconds "))
                .map(line -> Double.valueOf(line.substring("seconds ".length())))
                .toList();
    }
}
