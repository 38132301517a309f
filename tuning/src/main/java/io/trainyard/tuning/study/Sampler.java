package io.trainyard.tuning.study;

import io.trainyard.tuning.space.Params;

/**
 * Decides where to search next. A sampler has no state: its suggestion depends on the arguments alone, to the last bit and
 * on every machine, so that a study can be resumed and its journal proven.
 */
public interface Sampler {

    /**
     * Suggests a point of the space. In a finite space it is one that was not tried, while there is one.
     *
     * @param number of the trial that the point is for; differs between suggestions from the same history
     * @throws StudyException when this sampler cannot search such a space
     */
    Params suggest(Problem problem, History history, int number);
}
