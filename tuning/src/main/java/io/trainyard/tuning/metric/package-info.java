/**
 * How good predictions are: the metrics that a study optimises and a registry compares, exact and weighted, and their
 * bootstrap intervals. Pure Java over arrays; depends on no other package of Trainyard, on Spark or on XGBoost.
 */
package io.trainyard.tuning.metric;
