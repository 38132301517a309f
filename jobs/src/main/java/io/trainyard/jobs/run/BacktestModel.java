package io.trainyard.jobs.run;

import io.trainyard.features.profile.Profile;
import java.time.Instant;
import java.util.Map;

/**
 * A model of a backtest.
 *
 * @param by rows and labels known before this moment were fitted
 * @param rows how many they were
 * @param weights what the model makes of each feature, as shares
 * @param features of the fitted rows
 * @param labels of the fitted rows
 */
record BacktestModel(
        Instant by, Scorer scorer, long rows, Map<String, Double> weights, Profile features, Profile labels) {}
