package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;

/** Decides on a study's trials, the same way when they are asked for and when a journal is proven. */
record Suggestions(StudyDefinition definition, Sampler sampler) {

    /**
     * The point of a trial.
     *
     * @param history of all lower numbers
     */
    Params decide(int number, History history) {
        return number < definition.enqueued().size()
                ? definition.enqueued().get(number)
                : sampler.suggest(
                        definition.problem().withGiven(definition.enqueued().size()), history, number);
    }
}
