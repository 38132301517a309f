package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Sampler;
import java.util.random.RandomGenerator;

/** Independent uniform draws, each on its parameter's scale. The baseline that every other sampler must beat. */
public final class RandomSampler implements Sampler {

    @Override
    public Params suggest(SearchSpace space, History history, Direction direction, long seed, int number) {
        RandomGenerator random = RandomStream.of(seed, number, "random");
        double[] quantiles = random.doubles(space.parameters().size()).toArray();
        return Untried.orElse(space.at(quantiles), space, history, random);
    }
}
