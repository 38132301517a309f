package io.trainyard.tuning.sampler;

import io.trainyard.tuning.space.Parameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.StudyException;
import java.util.List;

/** Every point of a finite space in order, the last parameter changing fastest; points tried already are left out. */
public final class GridSampler implements Sampler {

    /** @throws StudyException when a parameter is continuous */
    @Override
    public Params suggest(Problem problem, History history, int number) {
        SearchSpace space = problem.space();
        List<String> continuous = space.parameters().stream()
                .filter(parameter -> parameter.size().isEmpty())
                .map(Parameter::name)
                .toList();
        if (!continuous.isEmpty()) {
            throw new StudyException(
                    "Cannot search a grid: %s are continuous. Give them a step, or choose another sampler"
                            .formatted(continuous));
        }
        return Untried.from(0, space, history);
    }
}
