package io.trainyard.registry.mlflow;

/**
 * A file or folder among artifacts.
 *
 * @param name without the folder that it is in
 * @param bytes 0 for a folder
 */
public record ArtifactFile(String name, boolean isFolder, long bytes) {}
