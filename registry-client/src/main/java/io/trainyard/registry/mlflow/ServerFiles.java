package io.trainyard.registry.mlflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Files by way of a server. Paths go from its root down. */
interface ServerFiles {
    /** Writes {@code file} to {@code path}, over whatever is there. */
    void put(String path, Path file) throws IOException;

    /**
     * Copies what is at {@code path} into the new local file {@code target}.
     *
     * @param limit the transfer ends with an error at one byte more
     */
    void get(String path, Path target, long limit);

    /** What is directly in the folder {@code path}; nothing when there is no such folder. */
    List<ArtifactFile> list(String path);
}
