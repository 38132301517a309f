package io.trainyard.jobs.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * A local folder with the promises of the remote file systems: renaming to a taken name fails in one step, and a new file
 * appears whole when it is closed, unless another came first.
 */
final class AtomicFileSystem extends RawLocalFileSystem {

    private static final URI NAME = URI.create("atomic:///");

    /** A configuration that knows paths beginning with {@code atomic:}. */
    static Configuration configuration() {
        Configuration configuration = new Configuration(false);
        configuration.setClass("fs.atomic.impl", AtomicFileSystem.class, RawLocalFileSystem.class);
        configuration.setClass("fs.AbstractFileSystem.atomic.impl", Context.class, DelegateToFileSystem.class);
        return configuration;
    }

    static HadoopFolder folder(java.nio.file.Path directory, Exclusion exclusion) throws IOException {
        Path root = new Path("atomic:" + directory);
        return new HadoopFolder(root.getFileSystem(configuration()), root, exclusion);
    }

    @Override
    public URI getUri() {
        return NAME;
    }

    @Override
    public boolean rename(Path source, Path target) throws IOException {
        try {
            Files.createLink(pathToFile(target).toPath(), pathToFile(source).toPath());
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        return delete(source, false);
    }

    @Override
    public FSDataOutputStream create(
            Path path, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        mkdirs(path.getParent());
        return new FSDataOutputStream(new Upload(pathToFile(path).toPath()), null);
    }

    @Override
    public Builder createFile(Path path) {
        return new Builder(this, path).create();
    }

    /** Insists on the option, without which a store would replace the object. */
    private static final class Builder extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {

        Builder(AtomicFileSystem fileSystem, Path path) {
            super(fileSystem, path);
        }

        @Override
        public Builder getThisBuilder() {
            return this;
        }

        @Override
        public FSDataOutputStream build() throws IOException {
            if (!getMandatoryKeys().equals(Set.of(Exclusion.CONDITIONAL_OVERWRITE))) {
                throw new IOException("an unconditional upload");
            }
            return getFS().create(getPath(), false);
        }
    }

    private static final class Upload extends ByteArrayOutputStream {

        private final java.nio.file.Path target;

        Upload(java.nio.file.Path target) {
            this.target = target;
        }

        @Override
        public void close() throws IOException {
            java.nio.file.Path whole = Files.createTempFile(target.getParent(), ".upload", null);
            try {
                Files.write(whole, toByteArray());
                Files.createLink(target, whole);
            } finally {
                Files.delete(whole);
            }
        }
    }

    /** The same file system for {@code FileContext}, which finds it by its class name and this constructor. */
    static final class Context extends DelegateToFileSystem {

        Context(URI uri, Configuration configuration) throws IOException, URISyntaxException {
            super(uri, new AtomicFileSystem(), configuration, NAME.getScheme(), false);
        }
    }
}
