package io.trainyard.jobs.run;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.registry.encoding.Target;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import java.util.List;

/** What metrics need to know of a model at work, as far as the model says it; the file declares what a number is. */
final class WatchedSettings {
    private WatchedSettings() {}

    static TrialSettings of(Pipeline pipeline, Target target) {
        int classes = target.classes().size();
        Task task = classes == 2
                ? Task.BINARY
                : classes > 2 ? Task.MULTICLASS : pipeline.training().task().orElse(Task.REGRESSION);
        Metric metric = pipeline.search().metrics().stream()
                .findFirst()
                .or(() -> pipeline.search().metric())
                .orElseGet(() -> Metric.defaultFor(task));
        return new TrialSettings(
                task,
                classes,
                List.of(metric),
                1,
                0,
                pipeline.search().seed(),
                pipeline.training().shape(task));
    }
}
