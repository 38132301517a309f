package io.trainyard.jobs.command;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The command line in this process, with what it wrote. */
final class Program {
    private Program() {}

    /** How a command ended. */
    record Answer(int code, String out, String err) {
        /** The document on standard output, which holds nothing else. */
        JsonNode json() throws IOException {
            ObjectMapper mapper = new ObjectMapper();
            try (JsonParser parser = mapper.createParser(out)) {
                JsonNode document = mapper.readTree(parser);
                if (parser.nextToken() != null) {
                    throw new IOException("More than one document on standard output:\n" + out);
                }
                return document;
            }
        }
    }

    static Answer run(Object... arguments) {
        return runWith(Map.of(), arguments);
    }

    /** In an environment. */
    static Answer runWith(Map<String, String> environment, Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        try {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            int code = Main.commandLine(environment).execute(texts);
            return new Answer(code, written.toString(StandardCharsets.UTF_8), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
