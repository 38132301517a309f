package io.trainyard.jobs.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A case of {@code broken-inputs.txt}.
 *
 * <pre>
 *   ### title
 *   === pipeline.yaml                files as they are; a query in place of Parquet is run, and its result written
 *   name: p
 *   $ train --as-of 2026-05-01       a command, which gets the pipeline file as its last argument
 *   &gt;&gt;&gt; 2                            its exit code
 *   pipeline.yaml:1: …               what it says: all of it but progress or, if it succeeds, these lines among others
 * </pre>
 *
 * @param files content by name
 */
record BrokenInput(String title, Map<String, String> files, List<Step> steps) {
    private static final String PIPELINE = "pipeline.yaml";

    /**
     * A command and how it has to end.
     *
     * @param message without progress; {@code DIR} stands for the folder of the case
     */
    record Step(String command, int code, List<String> message) {
        static Step of(String text) {
            List<String> lines = text.strip().lines().toList();
            int code = Integer.parseInt(lines.get(1).substring(">>> ".length()));
            return new Step(lines.get(0), code, lines.subList(2, lines.size()));
        }

        /** Runs the command in this process, in a folder with the case's files. */
        Outcome run(Path folder) throws IOException {
            String[] arguments = Stream.concat(
                            Arrays.stream(command.split(" ")),
                            Stream.of(folder.resolve(PIPELINE).toString()))
                    .toArray(String[]::new);
            Map<Path, String> before = states(folder);
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            int code = saying(said, () -> Main.commandLine(Map.of()).execute(arguments));
            String text = said.toString(StandardCharsets.UTF_8)
                    .replace(folder + "/" + PIPELINE, PIPELINE)
                    .replace(folder.toString(), "DIR");
            return new Outcome(code, text.lines().toList(), differences(before, states(folder)));
        }
    }

    /**
     * What a command did.
     *
     * @param said on both streams, line by line, progress included
     * @param changed files that it made, changed or removed
     */
    record Outcome(int code, List<String> said, List<String> changed) {
        /** What was said but for progress, which is indented or begins with a mark. */
        List<String> message() {
            return said.stream()
                    .filter(line -> !line.startsWith("  ") && !line.startsWith("▸"))
                    .toList();
        }
    }

    static BrokenInput of(String text) {
        String[] parts = text.split("(?m)^\\$ ");
        String[] files = parts[0].split("(?m)^=== ");
        Map<String, String> contents = new TreeMap<>();
        Arrays.stream(files).skip(1).forEach(file -> {
            int line = file.indexOf('\n');
            contents.put(file.substring(0, line), file.substring(line + 1));
        });
        return new BrokenInput(
                files[0].strip(),
                contents,
                Arrays.stream(parts).skip(1).map(Step::of).toList());
    }

    @Override
    public String toString() {
        return title;
    }

    /** Puts the case's files into an empty folder. */
    void write(Path folder, SparkSession spark) throws IOException {
        for (Map.Entry<String, String> entry : files.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            if (file.toString().endsWith(".parquet") && entry.getValue().startsWith("select")) {
                spark.sql(entry.getValue()).coalesce(1).write().parquet(file.toString());
            } else {
                Files.createDirectories(file.getParent());
                Files.writeString(file, entry.getValue());
            }
        }
    }

    private static int saying(ByteArrayOutputStream said, IntSupplier command) {
        PrintStream out = System.out;
        PrintStream errors = System.err;
        try (PrintStream both = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            return command.getAsInt();
        } finally {
            System.setOut(out);
            System.setErr(errors);
        }
    }

    /** Everything below the folder, with what would change if it were written again. */
    private static Map<Path, String> states(Path folder) throws IOException {
        Map<Path, String> states = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> !file.equals(folder))
                    .forEach(file -> states.put(folder.relativize(file), state(file)));
        }
        return states;
    }

    private static String state(Path file) {
        try {
            return Files.isDirectory(file) ? "folder" : Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> differences(Map<Path, String> before, Map<Path, String> after) {
        return Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .filter(file -> !String.valueOf(before.get(file)).equals(String.valueOf(after.get(file))))
                .map(Path::toString)
                .toList();
    }
}
