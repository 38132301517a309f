package io.trainyard.jobs.monitor;

/**
 * What is watched.
 *
 * @param model the registered model's name
 * @param version the number of the version
 * @param rows the source that the rows are of
 */
public record Watched(String model, int version, String rows) {}
