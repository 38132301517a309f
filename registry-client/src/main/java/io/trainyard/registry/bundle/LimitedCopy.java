package io.trainyard.registry.bundle;

import io.trainyard.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Copies that end where they must: whoever can change a stored file could fill the disk of all who fetch it. */
public final class LimitedCopy {
    private static final int BUFFER = 1 << 16;

    private LimitedCopy() {}

    /**
     * Copies what is left in {@code content} into a new file.
     *
     * @param source names the content in messages
     * @param limit in bytes
     * @throws RegistryException when there is more
     */
    public static void create(String source, InputStream content, Path file, long limit) throws IOException {
        try (OutputStream target =
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            long left = limit;
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                left -= count;
                if (left < 0) {
                    throw new RegistryException("Cannot fetch %s: it is larger than %d bytes".formatted(source, limit));
                }
                target.write(buffer, 0, count);
            }
        }
    }
}
