package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import java.util.random.RandomGenerator;

/** Independent uniform draws, each on its parameter's scale. The baseline that every other sampler must beat. */
public final class RandomSampler implements Sampler {

    @Override
    public Params suggest(Problem problem, History history, int number) {
        RandomGenerator random = RandomStream.of(problem.seed(), number, "random");
        return Untried.orElse(Untried.draw(problem.space(), random), problem.space(), history, random);
    }
}
