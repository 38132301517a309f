package io.trainyard.jobs.run;

import io.trainyard.jobs.config.SamplerName;
import io.trainyard.tuning.sampler.AutoSampler;
import io.trainyard.tuning.sampler.GpSampler;
import io.trainyard.tuning.sampler.GridSampler;
import io.trainyard.tuning.sampler.NsgaSampler;
import io.trainyard.tuning.sampler.RandomSampler;
import io.trainyard.tuning.sampler.SobolSampler;
import io.trainyard.tuning.sampler.TpeSampler;
import io.trainyard.tuning.study.Sampler;
import java.util.Arrays;

/** The samplers that a pipeline file may name. */
final class Samplers {
    private Samplers() {}

    /**
     * @param trials of the study
     * @param parallelism trials at once
     */
    static Sampler of(SamplerName name, int trials, int parallelism) {
        return switch (name) {
            case AUTO -> new AutoSampler(trials, parallelism);
            case TPE -> new TpeSampler();
            case GP -> new GpSampler();
            case NSGA2 -> new NsgaSampler();
            case RANDOM -> new RandomSampler();
            case SOBOL -> new SobolSampler();
            case GRID -> new GridSampler();
        };
    }

    /** The sampler that a study began with. */
    static Sampler of(StudyFile.Recipe recipe) {
        SamplerName name = Arrays.stream(SamplerName.values())
                .filter(known -> known.toString().equals(recipe.sampler()))
                .findFirst()
                .orElseThrow(() -> new JobException(
                        "Study '%s' was begun with sampler '%s', which this release does not have: use the release that began it"
                                .formatted(recipe.definition().name(), recipe.sampler())));
        return of(
                name,
                recipe.definition().budget().trials(),
                recipe.definition().concurrency().trials());
    }
}
