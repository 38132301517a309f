package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;

/** Depends on everything that a sampler may see, so that a study that shows it anything else goes another way. */
public final class NoisySampler implements Sampler {

    @Override
    public Params suggest(Problem problem, History history, int number) {
        long hash = 31 * problem.seed() + number;
        for (Trial trial : history.finished()) {
            hash = 31 * hash
                    + trial.params().hashCode()
                    + 7L * trial.outcome().orElseThrow().hashCode();
        }
        for (Trial trial : history.pending()) {
            hash = 31 * hash + trial.params().hashCode();
        }
        double[] quantiles = new double[problem.space().parameters().size()];
        for (int i = 0; i < quantiles.length; i++) {
            hash = hash * 6364136223846793005L + 1442695040888963407L;
            quantiles[i] = (hash >>> 11) * 0x1p-53;
        }
        return problem.space().at(quantiles);
    }
}
