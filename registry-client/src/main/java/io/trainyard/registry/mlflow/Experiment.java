package io.trainyard.registry.mlflow;

/**
 * A group of runs.
 *
 * @param isDeleted whether it lies in the bin: it takes no runs, and its name is not free
 */
public record Experiment(String id, String name, boolean isDeleted) {}
