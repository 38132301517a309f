package io.trainyard.jobs.command;

import java.util.Map;
import picocli.CommandLine;

/** Makes commands that need the environment; picocli makes the others. */
final class CommandFactory implements CommandLine.IFactory {
    private final Map<String, String> environment;

    CommandFactory(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == PipelineOptions.class) {
            return type.cast(new PipelineOptions(environment));
        }
        if (type == DeployCommand.class) {
            return type.cast(new DeployCommand(environment));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
