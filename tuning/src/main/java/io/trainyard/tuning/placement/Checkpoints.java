package io.trainyard.tuning.placement;

import io.trainyard.tuning.learner.Boosting.Checkpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The checkpoints of a study's trials on the warehouse's storage, from where any executor goes on with them. Whatever is missing or
 * was only half written does not count: it can be trained again.
 */
final class Checkpoints {
    private final FileSystem files;
    private final Path folder;

    /** @param folder of all studies' checkpoints; made when the first is written */
    Checkpoints(String folder, String study, Configuration configuration) throws IOException {
        this.folder = new Path(folder + "/" + study);
        this.files = this.folder.getFileSystem(configuration);
    }

    void write(int trial, Checkpoint checkpoint) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(checkpoint.round());
        out.writeInt(checkpoint.bestRounds());
        out.writeDouble(checkpoint.best());
        out.write(checkpoint.model());
        try (var file = files.create(file(trial, checkpoint.round()), true)) {
            file.writeLong(checksum(bytes.toByteArray()));
            bytes.writeTo(file);
        }
    }

    Optional<Checkpoint> read(int trial, int round) throws IOException {
        byte[] bytes;
        try (var file = files.open(file(trial, round))) {
            bytes = file.readAllBytes();
        } catch (FileNotFoundException | ChecksumException missing) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (bytes.length < Long.BYTES
                || in.readLong() != checksum(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length))) {
            return Optional.empty();
        }
        int trained = in.readInt();
        int bestRounds = in.readInt();
        double best = in.readDouble();
        return Optional.of(new Checkpoint(in.readAllBytes(), trained, bestRounds, best));
    }

    void delete(int trial, int round) throws IOException {
        files.delete(file(trial, round), false);
    }

    /** Deletes all of a trial's. */
    void delete(int trial) throws IOException {
        files.delete(folder(trial), true);
    }

    /** Deletes all of the study's. */
    void delete() throws IOException {
        files.delete(folder, true);
    }

    private Path file(int trial, int round) {
        return new Path(folder(trial), Integer.toString(round));
    }

    private Path folder(int trial) {
        return new Path(folder, Integer.toString(trial));
    }

    private static long checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return checksum.getValue();
    }
}
