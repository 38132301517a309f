package io.trainyard.jobs.retrain;

/** All that a decision is made from. */
public record RetrainEvidence(DriftEvidence drift, MetricEvidence metric, ChampionEvidence champion) {}
