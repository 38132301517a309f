package io.trainyard.jobs.command;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A cluster of processes on this machine, started and used by the scripts that users have. */
final class StandaloneCluster implements AutoCloseable {
    private static final Path SCRIPTS = Path.of(System.getProperty("trainyard.root"), "scripts");

    private final Path state;
    private final String host;
    private final String master;
    private final List<String> options;

    private StandaloneCluster(Path state, String host, int port, String... more) {
        this.state = state;
        this.host = host;
        this.master = "spark://%s:%d".formatted(host, port);
        this.options = new ArrayList<>(
                List.of("--workers", "2", "--cores", "2", "--memory", "2g", "--port", Integer.toString(port)));
        this.options.addAll(List.of(more));
    }

    /** Two workers of two cores, so that a driver may run on one of them. */
    static StandaloneCluster start(Path state) throws IOException, InterruptedException {
        return start(new StandaloneCluster(state, "127.0.0.1", freePort()));
    }

    /** The same, with a network of its own for each worker. */
    static StandaloneCluster startApart(Path state) throws IOException, InterruptedException {
        return start(new StandaloneCluster(state, "10.77.0.1", freePort(), "--namespaces"));
    }

    private static StandaloneCluster start(StandaloneCluster cluster) throws IOException, InterruptedException {
        cluster.start();
        return cluster;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** Brings back what is not running. */
    void start() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("cluster", "start"));
        command.addAll(options);
        new Running(script(command)).finish();
    }

    /** A script that a user started. */
    record Running(Process process) {
        /** Waits for its end, which must be a good one, and returns what it said. */
        String finish() throws IOException, InterruptedException {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("Ended with exit code %d:%n%s".formatted(process.exitValue(), said));
            }
            return said;
        }

        /** As {@code kill -9} does to the script and to what it runs. */
        void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }

        /** Waits for what it brings about. */
        void await(BooleanSupplier condition) throws InterruptedException, IOException {
            while (!condition.getAsBoolean()) {
                if (!process.isAlive()) {
                    throw new IOException("It ended too soon: " + finish());
                }
                Thread.sleep(5); // between two looks
            }
        }
    }

    /** @param options of spark-submit */
    Running submit(List<String> options, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("submit", "--master", master));
        command.addAll(List.of("--conf", "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
        command.addAll(List.of("--driver-java-options", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
        command.addAll(options);
        command.add("--");
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new Running(script(command));
    }

    /** As {@code kill -9} does to the master or to a worker. */
    void kill(String daemon) throws IOException {
        ProcessHandle process = ProcessHandle.of(Long.parseLong(
                        Files.readString(state.resolve(daemon + ".pid")).strip()))
                .orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As {@code kill -9} does to the driver that the cluster runs. */
    void killDriver() {
        ProcessHandle driver = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("DriverWrapper") && line.contains(master))
                        .isPresent())
                .findFirst()
                .orElseThrow();
        driver.destroyForcibly();
        driver.onExit().join();
    }

    private Process script(List<String> command) throws IOException {
        List<String> line = new ArrayList<>(command);
        line.set(0, SCRIPTS.resolve(command.get(0)).toString());
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("TRAINYARD_CLUSTER", state.toString());
        if (!command.contains("cluster")) { // a driver in a worker's network has an address from there
            builder.environment().put("SPARK_LOCAL_IP", host);
        }
        return builder.start();
    }

    @Override
    public void close() throws IOException {
        try {
            new Running(script(List.of("cluster", "stop"))).finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
