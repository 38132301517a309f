package io.trainyard.jobs.run;

import io.trainyard.registry.file.RegistryStorage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Studies of a pipeline in which nothing happened for long, and folders in the warehouse that nobody has written for as long. */
final class OldStudies {
    private final JobContext context;
    private final Set<String> needed;
    private final Configuration configuration;

    /** @param needed studies that stay, whatever their age */
    OldStudies(JobContext context, Set<String> needed) {
        this.context = context;
        this.needed = Set.copyOf(needed);
        this.configuration = context.spark().sessionState().newHadoopConf();
    }

    /** Their names; the newest, from which a search may begin, is none of them. */
    List<String> idleFor(Duration time) throws IOException {
        List<Catalog.StudyView> all =
                new Catalog(context.pipeline(), context.storage(), context.environment(), context.clock()).studies();
        Set<String> kept = new HashSet<>(needed);
        all.stream()
                .reduce((earlier, later) -> later)
                .ifPresent(newest -> kept.add(newest.file().name()));
        return all.stream()
                .filter(study -> !kept.contains(study.file().name()))
                .filter(study -> last(study).isBefore(since(time)))
                .map(study -> study.file().name())
                .toList();
    }

    /** One without trials is just beginning. */
    private static Instant last(Catalog.StudyView study) {
        return Stream.concat(study.history().finished().stream(), study.history().pending().stream())
                .flatMap(trial -> Stream.concat(Stream.of(trial.asked()), trial.told().stream()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** Encoded rows, which are written again when they are asked for, trials between two steps, and what was on its way into a bundle. */
    List<String> leftovers(Duration time) throws IOException {
        List<String> found = new ArrayList<>();
        for (String folder : List.of(
                context.warehouse().matrices(),
                context.warehouse().checkpoints(),
                context.warehouse().staging())) {
            Path path = new Path(folder);
            FileSystem files = path.getFileSystem(configuration);
            for (FileStatus each : children(files, path)) {
                if (written(files, each).isBefore(since(time))) {
                    found.add(path.getName() + "/" + each.getPath().getName());
                }
            }
        }
        return found;
    }

    private static FileStatus[] children(FileSystem files, Path folder) throws IOException {
        try {
            return files.listStatus(folder);
        } catch (FileNotFoundException none) {
            return new FileStatus[0];
        }
    }

    /** The newest of all files in it: stores without folders know no time of a folder. */
    private static Instant written(FileSystem files, FileStatus folder) throws IOException {
        long newest = folder.getModificationTime();
        RemoteIterator<LocatedFileStatus> all = files.listFiles(folder.getPath(), true);
        while (all.hasNext()) {
            newest = Math.max(newest, all.next().getModificationTime());
        }
        return Instant.ofEpochMilli(newest);
    }

    private Instant since(Duration time) {
        return context.clock().instant().minus(time);
    }

    /**
     * @param studies by their names
     * @param leftovers below the warehouse
     */
    void remove(List<String> studies, List<String> leftovers) throws IOException {
        RegistryStorage journals =
                context.storage().registry(context.warehouse().studies());
        for (String study : studies) {
            journals.delete(study);
        }
        for (String leftover : leftovers) {
            Path path = new Path(context.warehouse().table(leftover));
            path.getFileSystem(configuration).delete(path, true);
        }
    }
}
