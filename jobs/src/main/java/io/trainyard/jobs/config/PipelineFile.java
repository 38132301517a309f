package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A pipeline file, read: YAML or JSON, overlaid by a target and by single settings, its variables expanded, every key
 * checked.
 */
public final class PipelineFile {
    private final String storedText;
    private final Pipeline pipeline;

    private PipelineFile(String storedText, Pipeline pipeline) {
        this.storedText = storedText;
        this.pipeline = pipeline;
    }

    /** The pipeline of a file of this machine, as {@link #read} gives it. */
    public static Pipeline load(
            Path file, Optional<String> target, List<String> sets, Map<String, String> environment) {
        return read(PipelineText.of(file), target, sets, environment).pipeline();
    }

    /**
     * Reads a file.
     *
     * @param target the overlay to lay over the file, by its name in the file
     * @param sets settings such as {@code search.trials=10}, the value in YAML, laid over file and target
     * @param environment what {@code ${NAME}} stands for
     * @throws ConfigurationException with all problems of the file, its targets, and the settings
     */
    public static PipelineFile read(
            PipelineText file, Optional<String> target, List<String> sets, Map<String, String> environment) {
        Set<Problem> problems = new TreeSet<>();
        Optional<Pipeline> pipeline =
                new PipelineReader(file.folder(), environment, problems).read(file.text(), target, sets);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(file.name(), List.copyOf(problems));
        }
        return new PipelineFile(
                file.text(),
                pipeline.orElseThrow(
                        () -> new IllegalStateException(file.name() + " gave neither a pipeline nor a problem")));
    }

    /** What the file says, with target, settings and variables applied; may hold secrets of the environment. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /** The text of the file as it is, variables unexpanded: the form to store and to print. */
    public String storedText() {
        return storedText;
    }
}
