package io.trainyard.tuning.ensemble;

import io.trainyard.tuning.space.Params;
import java.io.Serializable;

/**
 * A trial of XGBoost that may become part of an ensemble.
 *
 * @param trial its number in the study
 * @param params the learner's own
 * @param rounds that early stopping found
 */
public record Candidate(int trial, Params params, int rounds) implements Serializable {}
