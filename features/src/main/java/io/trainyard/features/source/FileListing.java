package io.trainyard.features.source;

import io.trainyard.features.view.FileFormat;
import io.trainyard.features.view.Location;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * What lies at a path, as Spark would read it: hidden files left out, sorted by name.
 *
 * @param root the qualified path
 * @param pattern the same for Spark's readers, which take every path for a pattern
 * @param nested whether files lie in folders that are no partitions ({@code key=value}), which Spark reads only when told to
 */
record FileListing(Path root, String pattern, boolean delta, boolean nested, List<FileStatus> files) {

    static FileListing of(Configuration configuration, String source, Location.Files location) {
        Path path = new Path(location.path());
        try {
            FileSystem system = path.getFileSystem(configuration);
            return list(system, system.makeQualified(path), source);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot list %s for source '%s': %s".formatted(location.path(), source, e.getMessage()), e);
        }
    }

    /** The format as declared, else as the names of the files tell. */
    FileFormat format(String source, Optional<FileFormat> declared) {
        return declared.orElseGet(() -> delta ? FileFormat.DELTA : inferredFormat(source));
    }

    private FileFormat inferredFormat(String source) {
        Map<FileFormat, Path> examples = new TreeMap<>();
        for (FileStatus file : files) {
            FileFormat format = FileFormat.ofFileName(file.getPath().getName())
                    .orElseThrow(() -> new SourceException(
                            "Cannot tell the format of source '%s' from the name of %s: declare its format (%s), or move the file away"
                                    .formatted(source, file.getPath(), FileFormat.names())));
            examples.putIfAbsent(format, file.getPath());
        }
        if (examples.size() > 1) {
            throw new SourceException("Cannot read source '%s': %s holds files of several formats (%s); keep one"
                    .formatted(
                            source,
                            root,
                            examples.values().stream().map(Path::getName).collect(Collectors.joining(", "))));
        }
        return examples.keySet().iterator().next();
    }

    /** A path as a pattern that matches it alone, whatever brackets and stars are in its names. */
    static String literal(Path path) {
        return path.toString().replaceAll("([\\[\\]{}*?\\\\])", "\\\\$1");
    }

    private static FileListing list(FileSystem system, Path root, String source) throws IOException {
        String pattern = system.exists(root) ? literal(root) : root.toString();
        FileStatus[] matches = system.globStatus(new Path(pattern));
        if (matches == null || matches.length == 0) {
            throw new SourceException(
                    "Cannot read source '%s': nothing is at %s%s".formatted(source, root, siblings(system, root)));
        }
        if (system.exists(new Path(matches[0].getPath(), "_delta_log"))) {
            return new FileListing(root, pattern, true, false, List.of());
        }
        List<FileStatus> files = new ArrayList<>();
        boolean nested = false;
        for (FileStatus match : matches) {
            for (FileStatus file : visibleFiles(system, match)) {
                files.add(file);
                nested |= folders(match, file).anyMatch(folder -> !folder.contains("="));
            }
        }
        if (files.stream().allMatch(file -> file.getLen() == 0)) {
            throw new SourceException("Cannot read source '%s': %s holds no data (%d files, 0 bytes); check the path"
                    .formatted(source, root, files.size()));
        }
        files.sort(Comparator.comparing(FileStatus::getPath));
        return new FileListing(root, pattern, false, nested, List.copyOf(files));
    }

    private static List<FileStatus> visibleFiles(FileSystem system, FileStatus match) throws IOException {
        List<FileStatus> files = new ArrayList<>();
        RemoteIterator<LocatedFileStatus> all = system.listFiles(match.getPath(), true);
        while (all.hasNext()) {
            FileStatus file = all.next();
            if (!hidden(file.getPath().getName()) && folders(match, file).noneMatch(FileListing::hidden)) {
                files.add(file);
            }
        }
        return files;
    }

    /** The folders between a match of the path and a file in it. */
    private static Stream<String> folders(FileStatus match, FileStatus file) {
        if (match.isFile()) {
            return Stream.empty();
        }
        String relative = match.getPath()
                .toUri()
                .relativize(file.getPath().getParent().toUri())
                .getPath();
        return Arrays.stream(relative.split("/")).filter(folder -> !folder.isEmpty());
    }

    private static boolean hidden(String name) {
        return name.startsWith(".") || (name.startsWith("_") && !name.contains("="));
    }

    private static String siblings(FileSystem system, Path missing) throws IOException {
        Path parent = missing.getParent();
        if (parent == null) {
            return "";
        }
        try {
            List<String> names = Arrays.stream(system.listStatus(parent))
                    .map(status -> status.getPath().getName())
                    .toList();
            return names.isEmpty() ? ", and its folder is empty" : NearestName.hint(missing.getName(), names);
        } catch (FileNotFoundException e) {
            return ", and folder %s does not exist either".formatted(parent);
        }
    }
}
