package io.trainyard.jobs.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Optuna's samplers in a Python process, where it is installed.
 *
 * @param python the interpreter, by name or path
 */
record OptunaSamplers(String python) {
    private static final String SCRIPT = "optuna_samplers.py";

    /** @param module that the sampler needs: {@code torch} for the Gaussian process */
    boolean installed(String module) throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", "import optuna, " + module)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchInterpreter) {
            return false;
        }
    }

    /** One study a seed, from seed 0 on. */
    List<Studied> run(String sampler, String function, int seeds, SimulatedStudy study)
            throws IOException, InterruptedException {
        try (WorkFolder folder = new WorkFolder()) {
            Path script = folder.path().resolve(SCRIPT);
            try (InputStream source = OptunaSamplers.class.getResourceAsStream(SCRIPT)) {
                Files.copy(source, script);
            }
            Process process = new ProcessBuilder(
                            python,
                            script.toString(),
                            sampler,
                            function,
                            "0",
                            Integer.toString(seeds),
                            Integer.toString(study.trials()),
                            Integer.toString(study.workers()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException("Optuna ended with exit code " + code + "; its own message is above");
            }
            return answer.lines()
                    .map(line -> line.split(" "))
                    .filter(parts -> parts.length == 4 && parts[0].equals("study"))
                    .map(parts -> new Studied(Double.parseDouble(parts[2]), Double.parseDouble(parts[3])))
                    .toList();
        }
    }

    /** How a study ended. */
    record Studied(double regret, double seconds) {}
}
