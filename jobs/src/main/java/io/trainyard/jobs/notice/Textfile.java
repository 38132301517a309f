package io.trainyard.jobs.notice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that node_exporter's textfile collector reads; it appears whole, whenever it is looked at. */
public record Textfile(Path folder) {
    /** @throws NoticeException if the folder is not there, or cannot be written */
    public void write(String pipeline, String metrics) {
        Path file = folder.resolve("trainyard-" + pipeline + ".prom");
        try {
            Path beside = Files.createTempFile(folder, ".trainyard-", ".tmp");
            Files.writeString(beside, metrics);
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new NoticeException(
                    "Cannot write metrics to '%s': %s; it is monitor.prometheus.textfile, a folder of the machine that the driver is on"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }
}
