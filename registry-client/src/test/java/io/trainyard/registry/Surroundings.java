package io.trainyard.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything in a folder at one moment, by path: what hostile input must leave as it is. */
public record Surroundings(Path folder, Map<String, String> found) {
    /** The folder as it is now. */
    public static Surroundings of(Path folder) {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.forEach(path -> found.put(folder.relativize(path).toString(), look(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Surroundings(folder, found);
    }

    /** Fails when anything was made, changed or deleted since. */
    public void requireUntouched() {
        assertThat(of(folder).found()).isEqualTo(found);
    }

    private static String look(Path path) {
        try {
            if (Files.isSymbolicLink(path)) {
                return "link to " + Files.readSymbolicLink(path);
            }
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return "folder";
            }
            return Files.size(path) + " bytes of " + Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
