package io.trainyard.jobs.storage;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** How a file system lets one of several writers create a file, and the others learn that it is there. */
enum Exclusion {
    /** Write under another name, then rename: atomic, and refused when the name is taken. */
    RENAME,
    /** The store accepts an object at the end of its upload only if there is none, when asked to by an option. */
    CONDITIONAL_PUT,
    /** Creating without overwriting is such a conditional upload by itself, or there is one writer only. */
    PUT,
    /** Two writers could overwrite each other. */
    NONE;

    /** The option of S3A, also the capability that says whether this S3A has it. */
    static final String CONDITIONAL_OVERWRITE = "fs.option.create.conditional.overwrite";

    /** The namenode and Azure's service check the name and rename in one step; Delta relies on the same. */
    private static final Set<String> ATOMIC_RENAME = Set.of("hdfs", "abfs", "abfss");

    /** Google's connector sends the precondition that the object has no generation yet. */
    private static final Set<String> ATOMIC_CREATE = Set.of("gs");

    /** Renaming copies there, and a failed upload leaves nothing, so that a single writer need not stage. */
    private static final Set<String> OBJECT_STORES = Set.of("s3", "s3a", "s3n");

    /**
     * What keeps writers apart below a path. S3A sends conditional uploads since Hadoop 3.4.2 (HADOOP-19256), unless they
     * are switched off for a store without them; before, it looks for the object and then writes it unconditionally.
     * EMRFS and DBFS promise nothing.
     *
     * @param singleWriter whether the user vouches for one writer at a time
     */
    static Exclusion of(FileSystem fileSystem, Path root, boolean singleWriter) throws IOException {
        String scheme = fileSystem.getUri().getScheme();
        if (fileSystem.hasPathCapability(root, CONDITIONAL_OVERWRITE)) {
            return CONDITIONAL_PUT;
        }
        if (ATOMIC_RENAME.contains(scheme)) {
            return RENAME;
        }
        if (ATOMIC_CREATE.contains(scheme)) {
            return PUT;
        }
        if (singleWriter) {
            return OBJECT_STORES.contains(scheme) ? PUT : RENAME;
        }
        return NONE;
    }
}
