package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.StudyException;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * Points that cover the space evenly: Sobol's sequence with the direction numbers of Joe and Kuo (2008), shifted digit by
 * digit by the seed (Matoušek 1998), which keeps its evenness. The trial's number is the place in the sequence.
 */
public final class SobolSampler implements Sampler {

    private static final int LARGEST_DIMENSION = 1000;

    /** The generator's digits: 52, as a double's. */
    private static final double SCALE = 0x1p52;

    /** @throws StudyException when there are more parameters than direction numbers */
    @Override
    public Params suggest(Problem problem, History history, int number) {
        SearchSpace space = problem.space();
        int dimension = space.parameters().size();
        if (dimension > LARGEST_DIMENSION) {
            throw new StudyException(
                    "Cannot search %d parameters with Sobol's sequence, which is known up to %d: choose the random sampler"
                            .formatted(dimension, LARGEST_DIMENSION));
        }
        double[] point = new SobolSequenceGenerator(dimension).skipTo(number);
        RandomGenerator shift = RandomStream.of(problem.seed(), 0, "sobol shift");
        for (int i = 0; i < dimension; i++) {
            long digits = (long) (point[i] * SCALE) ^ (shift.nextLong() >>> 12);
            point[i] = digits / SCALE;
        }
        return Untried.orElse(space.at(point), space, history, RandomStream.of(problem.seed(), number, "sobol repeat"));
    }
}
