package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.run.SourceCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds mistakes before anything runs. */
@Command(
        name = "validate",
        description = "Says every problem of the pipeline file at once; needs no cluster.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard validate pipeline.yaml --sources"})
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private PipelineOptions options;

    @Mixin
    private OutputOptions output;

    @Option(names = "--sources", description = "Also reads the sources' schemas, and checks every column.")
    private boolean sources;

    @Override
    public Integer call() throws Exception {
        Pipeline pipeline = options.load();
        if (sources) {
            try (CommandContext context = CommandContext.open(options, output)) {
                new SourceCheck(context.job()).run();
            }
        }
        ObjectNode document =
                JsonNodeFactory.instance.objectNode().put("valid", true).put("pipeline", pipeline.name());
        output.result(document, "%s is valid%s".formatted(options.file(), sources ? ", and so are its sources" : ""));
        return 0;
    }
}
