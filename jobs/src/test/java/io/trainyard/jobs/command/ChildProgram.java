package io.trainyard.jobs.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
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

    /**
     * Against a master of its own. Executors find Spark and everything else on the class path of this JVM, so that Spark's home may be
     * empty.
     *
     * @param folder for that home
     * @param more settings of Spark
     */
    static ChildProgram onCluster(Path folder, String master, Map<String, String> more, Object... arguments)
            throws IOException {
        Path home = Files.createDirectories(folder.resolve("spark"));
        Files.createDirectories(home.resolve("jars"));
        Files.writeString(home.resolve("RELEASE"), "Spark on the class path");
        Map<String, String> settings = new TreeMap<>(more);
        settings.putAll(Map.of(
                "spark.master", master,
                "spark.executor.extraClassPath", classPath(),
                "spark.driver.host", "127.0.0.1",
                "spark.ui.enabled", "false",
                "spark.sql.shuffle.partitions", "2",
                "spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
        return start(settings, home, arguments);
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

    /** As {@code kill -9} does to one of its executors, where there are some. */
    void killAnExecutor() throws InterruptedException, ExecutionException {
        ProcessHandle executor = process.children().findFirst().orElseThrow();
        executor.destroyForcibly();
        executor.onExit().get();
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
