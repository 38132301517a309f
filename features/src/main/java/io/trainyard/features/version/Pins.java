package io.trainyard.features.version;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Which versions of a table must stay readable, whatever is vacuumed: a small file for each version and owner beside the data, {@code
 * _trainyard_pins/<version>/<owner>}, where neither Delta nor Spark looks. Only {@link Vacuum} honours them: a plain VACUUM does not.
 */
public final class Pins {

    private static final String FOLDER = "_trainyard_pins";

    private final SparkSession spark;
    private final String table;
    private final FileSystem system;
    private final Path folder;

    private Pins(SparkSession spark, String table, FileSystem system) {
        this.spark = spark;
        this.table = table;
        this.system = system;
        this.folder = new Path(system.makeQualified(new Path(table)), FOLDER);
    }

    /** The pins of the Delta table at a path. */
    public static Pins of(SparkSession spark, String table) {
        try {
            return new Pins(
                    spark,
                    table,
                    new Path(table).getFileSystem(spark.sparkContext().hadoopConfiguration()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot reach the file system of table " + table, e);
        }
    }

    /**
     * Pins a version. The pin is there in full or not at all; an owner that pinned the version before keeps its pin as it is. A vacuum
     * that is deleting at this very moment may not have seen it, which {@link #verify} shows.
     *
     * @throws UnreadableVersionException if there is no such version, or not all of its files
     * @throws IllegalArgumentException if the owner's name is none
     */
    public void pin(long version, String owner, String reason, Instant time) {
        Pin pin = new Pin(version, owner, reason, time);
        String purpose = "pin version %d for '%s'".formatted(version, owner);
        TableFiles files = files();
        Set<String> wanted = files.of(version, purpose);
        files.requireThere(version, wanted, purpose);
        if (!create(pin)) {
            return;
        }
        // Looked for again: a vacuum that did not see the pin may have been deleting until now.
        boolean readable = false;
        try {
            files.requireThere(version, wanted, purpose);
            readable = true;
        } finally {
            if (!readable) {
                unpin(version, owner);
            }
        }
    }

    /** Takes an owner's pin away, if there is one; the version is kept as long as others have theirs. */
    public void unpin(long version, String owner) {
        Pin.requireOwner(owner);
        attempt(
                "unpin version %d of table %s".formatted(version, table),
                () -> system.delete(file(version, owner), false));
    }

    /** All pins, by version and owner. */
    public List<Pin> all() {
        return attempt("read the pins of table " + table, () -> {
            List<Pin> pins = new ArrayList<>();
            for (FileStatus version : list(folder)) {
                for (FileStatus owner : list(version.getPath())) {
                    read(owner.getPath(), pins::add);
                }
            }
            pins.sort(Comparator.comparingLong(Pin::version).thenComparing(Pin::owner));
            return List.copyOf(pins);
        });
    }

    /** The versions that somebody pinned. */
    public SortedSet<Long> versions() {
        return all().stream().map(Pin::version).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Looks whether every pinned version can be read.
     *
     * @throws UnreadableVersionException with the first that cannot
     */
    public void verify() {
        for (Pin pin : all()) {
            files().requireReadable(
                            pin.version(),
                            "keep version %d, pinned by '%s' (%s)".formatted(pin.version(), pin.owner(), pin.reason()));
        }
    }

    private TableFiles files() {
        return TableFiles.of(spark, table);
    }

    private Path file(long version, String owner) {
        return new Path(new Path(folder, Long.toString(version)), owner);
    }

    private boolean create(Pin pin) {
        return attempt("pin version %d of table %s".formatted(pin.version(), table), () -> {
            Path file = file(pin.version(), pin.owner());
            boolean free = !system.exists(file);
            if (free) {
                create(file, PinJson.write(pin));
            }
            return free;
        });
    }

    /** Written aside under a hidden name and then renamed, so that nobody reads half of it. */
    private void create(Path file, String text) throws IOException {
        Path aside = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID());
        try (FSDataOutputStream out = system.create(aside, false)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        if (!system.rename(aside, file)) {
            system.delete(aside, false);
            if (!system.exists(file)) {
                throw new IOException("Cannot rename %s to %s".formatted(aside, file));
            }
        }
    }

    private void read(Path file, Consumer<Pin> pins) throws IOException {
        try (FSDataInputStream in = system.open(file)) {
            pins.accept(PinJson.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (FileNotFoundException e) {
            // unpinned meanwhile
        }
    }

    private List<FileStatus> list(Path path) throws IOException {
        try {
            List<FileStatus> found = new ArrayList<>(List.of(system.listStatus(path)));
            found.removeIf(status -> status.getPath().getName().startsWith("."));
            return found;
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    private static <T> T attempt(String purpose, Step<T> step) {
        try {
            return step.run();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot %s: %s".formatted(purpose, e.getMessage()), e);
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }
}
