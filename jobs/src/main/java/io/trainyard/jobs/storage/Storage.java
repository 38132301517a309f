package io.trainyard.jobs.storage;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The storages that a Hadoop configuration knows.
 *
 * @param singleWriter whether the user vouches that never more than one job at a time writes to a folder, which lets a
 *     file system be used that cannot keep two apart
 */
public record Storage(Configuration configuration, boolean singleWriter) {

    static final String SINGLE_WRITER = "trainyard.storage.single-writer";

    /** With what {@code trainyard.storage.single-writer} says there; false where it is not set. */
    public static Storage of(Configuration configuration) {
        return new Storage(configuration, configuration.getBoolean(SINGLE_WRITER, false));
    }

    HadoopFolder folder(String folder) throws IOException {
        Path path = new Path(folder);
        FileSystem fileSystem = path.getFileSystem(configuration);
        return new HadoopFolder(fileSystem, path, Exclusion.of(fileSystem, path, singleWriter));
    }
}
