package io.trainyard.jobs.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a report goes: the console, and a file for programs. */
final class OutputOptions {
    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the numbers as JSON.")
    private Optional<Path> json;

    void write(Report report) throws IOException {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(report.text());
        if (json.isPresent()) {
            Files.writeString(json.get(), report.json().toPrettyString() + "\n");
        }
    }
}
