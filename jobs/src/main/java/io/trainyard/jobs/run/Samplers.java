package io.trainyard.jobs.run;

import io.trainyard.jobs.config.SamplerName;
import io.trainyard.tuning.sampler.GridSampler;
import io.trainyard.tuning.sampler.RandomSampler;
import io.trainyard.tuning.sampler.SobolSampler;
import io.trainyard.tuning.sampler.TpeSampler;
import io.trainyard.tuning.study.Sampler;

/** The samplers that a pipeline file may name. */
final class Samplers {
    private Samplers() {}

    static Sampler of(SamplerName name) {
        return switch (name) {
            case TPE -> new TpeSampler();
            case RANDOM -> new RandomSampler();
            case SOBOL -> new SobolSampler();
            case GRID -> new GridSampler();
        };
    }
}
