package io.trainyard.jobs.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trainyard.jobs.run.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** How a command speaks. */
final class OutputOptions {
    /** Set by the scripts where standard error is a terminal, which a JVM cannot see. */
    private static final String TERMINAL = "trainyard.terminal";

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--json",
            description = "Prints one JSON document on standard output; all else goes to standard error.")
    private boolean json;

    @Option(names = "--debug", description = "Shows the stack trace of a failure.")
    @SuppressWarnings("UnusedVariable") // Declared for its help; Failures asks the parser whether it was given.
    private boolean debug;

    /** Progress and explanations. */
    Console console() {
        return new Console(new PrintStream(System.err, true, StandardCharsets.UTF_8), Boolean.getBoolean(TERMINAL));
    }

    /** The result: as a document for programs, or as text for people. */
    void result(JsonNode document, String text) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (!json) {
            if (!text.isEmpty()) {
                out.println(text);
            }
            return;
        }
        try {
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Cannot print " + document.getNodeType(), impossible);
        }
    }
}
