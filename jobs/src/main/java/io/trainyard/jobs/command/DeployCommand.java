package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.PipelineFile;
import io.trainyard.jobs.deploy.JobDefinitions;
import io.trainyard.jobs.deploy.Platforms;
import io.trainyard.jobs.deploy.Rendering;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Job definitions for other platforms. Starts no Spark, and reaches no network. */
@Command(
        name = "deploy",
        description = "Writes job definitions for a platform, from the pipeline file and its section 'deploy'.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard deploy emr pipeline.yaml --target emr"})
final class DeployCommand implements Callable<Integer> {
    /** The platforms, for the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Platforms.names().iterator();
        }
    }

    private final Map<String, String> environment;

    DeployCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Parameters(
            index = "0",
            paramLabel = "PLATFORM",
            completionCandidates = Names.class,
            description = "Where the job will run: ${COMPLETION-CANDIDATES}.")
    private String platform;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PIPELINE",
            defaultValue = "pipeline.yaml",
            description = "The pipeline file (default: ${DEFAULT-VALUE}).")
    private Path file;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "The target whose settings overlay the file, here and in the job.")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The folder to write to (default: deploy/PLATFORM beside the pipeline file).")
    private Optional<Path> folder = Optional.empty();

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        Pipeline pipeline = PipelineFile.load(file, target, List.of(), environment);
        Rendering rendering = JobDefinitions.render(platform, pipeline, file, target);
        Path to = folder.orElseGet(() -> file.resolveSibling("deploy").resolve(platform));
        List<Path> written = JobDefinitions.write(rendering, to);
        List<String> next = rendering.next(to);
        output.result(document(to, written, next), "Wrote\n%s\nNext\n%s".formatted(indented(written), indented(next)));
        return 0;
    }

    private ObjectNode document(Path to, List<Path> written, List<String> next) {
        ObjectNode document = ResultJson.object().put("platform", platform).put("folder", to.toString());
        ArrayNode files = document.putArray("files");
        written.forEach(path -> files.add(path.toString()));
        next.forEach(document.putArray("next")::add);
        return document;
    }

    private static String indented(List<?> lines) {
        return lines.stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
    }
}
