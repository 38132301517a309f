package io.trainyard.jobs.command;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.run.JobException;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds versions of a pipeline's model by what a user calls them: a number, or an alias. */
record VersionChoice(ModelRegistry registry, RegisteredModel model, String alias) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    static VersionChoice of(ModelRegistry registry, Pipeline pipeline) {
        String name = pipeline.modelName();
        RegisteredModel model = registry.model(name)
                .orElseThrow(
                        () -> new JobException("No model '%s' is registered yet: trainyard train".formatted(name)));
        return new VersionChoice(registry, model, pipeline.register().alias());
    }

    /** The version that a number or an alias names; without one, the one that holds the pipeline's alias, else the newest that has its files. */
    ModelVersion find(Optional<String> wanted) {
        return wanted.map(this::named).orElseGet(() -> held(alias).orElseGet(this::newest));
    }

    ModelVersion newest() {
        return last(model.kept())
                .orElseThrow(() -> new JobException(
                        "All versions of model '%s' were discarded: trainyard train".formatted(model.name())));
    }

    private ModelVersion named(String wanted) {
        if (NUMBER.matcher(wanted).matches()) {
            return numbered(Integer.parseInt(wanted))
                    .orElseThrow(() -> new JobException("Model '%s' has no version %s: its newest is %d"
                            .formatted(
                                    model.name(),
                                    wanted,
                                    last(model.versions()).orElseThrow().number())));
        }
        return held(wanted)
                .orElseThrow(() -> new JobException(
                        "Model '%s' has no alias '%s': it has %s; name one of them, or a version's number"
                                .formatted(model.name(), wanted, model.aliases().keySet())));
    }

    private static Optional<ModelVersion> last(List<ModelVersion> versions) {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }

    private Optional<ModelVersion> held(String name) {
        return registry.byAlias(model.name(), name);
    }

    private Optional<ModelVersion> numbered(int number) {
        return model.versions().stream()
                .filter(version -> version.number() == number)
                .findFirst();
    }
}
