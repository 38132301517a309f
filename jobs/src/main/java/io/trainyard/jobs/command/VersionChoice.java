package io.trainyard.jobs.command;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.run.JobException;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds versions of a pipeline's model by what a user calls them: a number, or an alias. */
record VersionChoice(RegisteredModel model, String alias) {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    static VersionChoice of(ModelRegistry registry, Pipeline pipeline) {
        String name = pipeline.modelName();
        RegisteredModel model = registry.model(name)
                .orElseThrow(
                        () -> new JobException("No model '%s' is registered yet: trainyard train".formatted(name)));
        return new VersionChoice(model, pipeline.register().alias());
    }

    /** The version that a number or an alias names; without one, the one that holds the pipeline's alias, else the newest. */
    ModelVersion find(Optional<String> wanted) {
        return wanted.map(this::named).orElseGet(() -> held(alias).orElseGet(this::newest));
    }

    ModelVersion newest() {
        return model.versions().get(model.versions().size() - 1);
    }

    private ModelVersion named(String wanted) {
        if (NUMBER.matcher(wanted).matches()) {
            return numbered(Integer.parseInt(wanted))
                    .orElseThrow(() -> new JobException("Model '%s' has no version %s: it has 1 to %d"
                            .formatted(model.name(), wanted, newest().number())));
        }
        return held(wanted)
                .orElseThrow(() -> new JobException(
                        "Model '%s' has no alias '%s': it has %s; name one of them, or a version's number"
                                .formatted(model.name(), wanted, model.aliases().keySet())));
    }

    private Optional<ModelVersion> held(String name) {
        return Optional.ofNullable(model.aliases().get(name)).flatMap(this::numbered);
    }

    private Optional<ModelVersion> numbered(int number) {
        return model.versions().stream()
                .filter(version -> version.number() == number)
                .findFirst();
    }
}
