package io.trainyard.features;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, which asks the JVM for what Hadoop without its native library starts a process for: {@code chmod} for
 * each new file, {@code readlink} for each renamed one, {@code ls} for each listed one, a dozen or more a Delta commit. {@code core-site.xml} names it.
 */
public final class LocalFiles extends LocalFileSystem {

    public LocalFiles() {
        super(new Raw());
    }

    private static final class Raw extends RawLocalFileSystem {

        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            String text = permission.getUserAction().SYMBOL
                    + permission.getGroupAction().SYMBOL
                    + permission.getOtherAction().SYMBOL;
            Files.setPosixFilePermissions(pathToFile(path).toPath(), PosixFilePermissions.fromString(text));
        }

        @Override
        public FileStatus getFileStatus(Path path) throws IOException {
            return withPermission(super.getFileStatus(path));
        }

        @Override
        public FileStatus[] listStatus(Path path) throws IOException {
            FileStatus[] all = super.listStatus(path);
            for (int i = 0; i < all.length; i++) {
                all[i] = withPermission(all[i]);
            }
            return all;
        }

        @Override
        public FileStatus getFileLinkStatus(Path path) throws IOException {
            return Files.isSymbolicLink(pathToFile(path).toPath())
                    ? super.getFileLinkStatus(path)
                    : getFileStatus(path);
        }

        /** The same status with what is otherwise asked of {@code ls} when somebody copies it. */
        private FileStatus withPermission(FileStatus status) throws IOException {
            if (status.getClass().equals(FileStatus.class)) {
                return status;
            }
            PosixFileAttributes attributes = attributes(status.getPath());
            return new FileStatus(
                    status.getLen(),
                    status.isDirectory(),
                    status.getReplication(),
                    status.getBlockSize(),
                    status.getModificationTime(),
                    status.getAccessTime(),
                    FsPermission.valueOf("-" + PosixFilePermissions.toString(attributes.permissions())),
                    attributes.owner().getName(),
                    attributes.group().getName(),
                    status.getPath());
        }

        private PosixFileAttributes attributes(Path path) throws IOException {
            try {
                return Files.readAttributes(pathToFile(path).toPath(), PosixFileAttributes.class);
            } catch (NoSuchFileException e) {
                throw (IOException) new FileNotFoundException(path + " is gone").initCause(e);
            }
        }
    }

    /** The same for {@code FileContext}, which finds it by its class name and this constructor. */
    static final class Context extends ChecksumFs {

        Context(URI uri, Configuration configuration) throws IOException, URISyntaxException {
            super(new RawContext(configuration));
        }
    }

    private static final class RawContext extends DelegateToFileSystem {

        RawContext(Configuration configuration) throws IOException, URISyntaxException {
            super(FsConstants.LOCAL_FS_URI, new Raw(), configuration, FsConstants.LOCAL_FS_URI.getScheme(), false);
        }

        @Override
        public int getUriDefaultPort() {
            return -1;
        }
    }
}
