package io.trainyard.jobs.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The command line in a JVM of its own with the options of this one, which may be killed; its output and errors are one stream of
 * lines.
 */
final class ChildProgram implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;
    private final StringBuilder read = new StringBuilder();

    private ChildProgram(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param settings of Spark, by their names */
    static ChildProgram start(Map<String, String> settings, Path sparkHome, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", classPath(), Main.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "SPARK_LOCAL_IP", "127.0.0.1",
                        "SPARK_HOME", sparkHome.toString(),
                        "SPARK_SCALA_VERSION", "2.12"));
        return new ChildProgram(builder.start());
    }

    /** That of this JVM. */
    static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** Reads until a line contains this. */
    void awaitLine(String text) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(text)) {
            read.append(line).append('\n');
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("The program ended before it said '%s':%n%s".formatted(text, read));
        }
    }

    /** Waits for a condition that the program brings about, or for its end. */
    void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean() && process.isAlive()) {
            Thread.sleep(1); // between two looks
        }
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for the program to end, and returns all that it said. */
    String finish() throws IOException, InterruptedException {
        lines.lines().forEach(line -> read.append(line).append('\n'));
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException("The program ended with exit code %d:%n%s".formatted(code, read));
        }
        return read.toString();
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        lines.close();
    }
}
