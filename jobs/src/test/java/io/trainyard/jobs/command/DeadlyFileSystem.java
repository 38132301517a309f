package io.trainyard.jobs.command;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk, where the process ends that writes a checkpoint of the trial of number {@code deadly.trial}. Spark makes file systems
 * by class name.
 */
public final class DeadlyFileSystem extends LocalFileSystem {

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        Path trial = file.getParent();
        if (file.toString().contains("/checkpoints/")
                && trial.getName().equals(getConf().get("deadly.trial"))) {
            Runtime.getRuntime().halt(134);
        }
        return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
    }
}
