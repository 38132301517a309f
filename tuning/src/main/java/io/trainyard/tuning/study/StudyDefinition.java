package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a study is to do.
 *
 * @param name for messages
 * @param enqueued the points of the first trials, before the sampler is asked
 */
public record StudyDefinition(
        String name, Problem problem, List<Params> enqueued, Budget budget, Concurrency concurrency) {

    /** @throws IllegalArgumentException when the parts do not fit each other */
    public StudyDefinition {
        enqueued = List.copyOf(enqueued);
        enqueued.forEach(problem.space()::check);
        if (concurrency.lockstep() && budget.time().isPresent()) {
            throw new IllegalArgumentException(
                    "Cannot run study '%s' in lockstep for %s: a time budget depends on timing; give only trials"
                            .formatted(name, budget.time().get()));
        }
    }

    /** One trial at a time, and none enqueued. */
    public StudyDefinition(String name, SearchSpace space, Direction direction, long seed, Budget budget) {
        this(name, new Problem(space, direction, seed), List.of(), budget, Concurrency.free(1));
    }

    public StudyDefinition withEnqueued(List<Params> points) {
        return new StudyDefinition(name, problem, points, budget, concurrency);
    }

    public StudyDefinition withBudget(Budget limit) {
        return new StudyDefinition(name, problem, enqueued, limit, concurrency);
    }

    public StudyDefinition withConcurrency(Concurrency trials) {
        return new StudyDefinition(name, problem, enqueued, budget, trials);
    }

    public StudyDefinition withFidelity(Fidelity steps) {
        return new StudyDefinition(name, problem.withFidelity(steps), enqueued, budget, concurrency);
    }

    public SearchSpace space() {
        return problem.space();
    }

    /** The first metric's direction. */
    public Direction direction() {
        return problem.direction();
    }

    /** In which steps trials may report. */
    public Fidelity fidelity() {
        return problem.fidelity();
    }

    /**
     * Everything that decides what the study's trials mean, as readable lines: two definitions with the same identity may
     * continue each other. The budget is not part of it, nor is the number of trials at once outside lockstep.
     */
    public String identity() {
        String points = enqueued.stream()
                .map(point -> "enqueued {" + point.text() + "}\n")
                .collect(Collectors.joining());
        String order = concurrency.lockstep() ? "lockstep " + concurrency.trials() : "free";
        String steps =
                fidelity().steps() > 1 ? ", %d steps".formatted(fidelity().steps()) : "";
        return "%s\n%s, seed %d, %s%s\n%s"
                .formatted(problem.space().text(), directions(), problem.seed(), order, steps, points)
                .strip();
    }

    private String directions() {
        return problem.directions().stream().map(Direction::name).collect(Collectors.joining(" and "));
    }
}
