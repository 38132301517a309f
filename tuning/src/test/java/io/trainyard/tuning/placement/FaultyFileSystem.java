package io.trainyard.tuning.placement;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk, where the next so many files cannot be opened. Spark makes file systems by class name, hence the static. */
public final class FaultyFileSystem extends RawLocalFileSystem {
    static final String SCHEME = "faulty";
    static final AtomicInteger FAULTS = new AtomicInteger();

    static void register(Configuration configuration) {
        configuration.setClass("fs." + SCHEME + ".impl", FaultyFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":///");
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        if (file.getName().endsWith(".bin") && FAULTS.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("Disk of " + file + " is gone");
        }
        return super.open(file, bufferSize);
    }
}
