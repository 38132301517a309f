package io.trainyard.tuning.sampler;

import io.trainyard.tuning.study.Sampler;

class GpSamplerTest extends SamplerContract {

    @Override
    Sampler sampler() {
        return new GpSampler();
    }
}
