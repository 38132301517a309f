package io.trainyard.tuning.study;

/** Lets every trial run to its end. */
public record NoPruner() implements Pruner {

    @Override
    public Decision decide(Problem problem, Trial trial, History history) {
        return Decision.GO_ON;
    }

    @Override
    public int nextStep(Problem problem, Trial trial) {
        return problem.fidelity().steps();
    }
}
