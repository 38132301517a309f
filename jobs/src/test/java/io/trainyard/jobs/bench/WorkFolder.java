package io.trainyard.jobs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;

/** A folder that is gone afterwards, with everything in it. */
final class WorkFolder implements AutoCloseable {
    private final Path path;

    WorkFolder() throws IOException {
        this.path = Files.createTempDirectory("trainyard-bench");
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        PathUtils.deleteDirectory(path);
    }
}
