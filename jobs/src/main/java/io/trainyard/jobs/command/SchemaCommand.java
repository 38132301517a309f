package io.trainyard.jobs.command;

import io.trainyard.jobs.config.PipelineSchema;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The schema of the pipeline file, for editors. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of the pipeline file.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard schema > pipeline.schema.json"})
final class SchemaCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(PipelineSchema.json());
        return 0;
    }
}
