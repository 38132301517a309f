package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.NearestName;
import io.trainyard.jobs.config.binding.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The text of a file that a user named. */
final class FileText {
    private FileText() {}

    /**
     * The text, in UTF-8.
     *
     * @throws ConfigurationException if there is no such file, with the nearest one of its folder, or it is no text
     * @throws UncheckedIOException if it cannot be read
     */
    static String of(Path file) {
        if (Files.isDirectory(file)) {
            throw broken(file, "is a folder: name the file in it" + NearestName.hint("pipeline.yaml", files(file)));
        }
        if (!Files.exists(file)) {
            Path folder = file.toAbsolutePath().getParent();
            throw broken(
                    file, "no such file" + NearestName.hint(file.getFileName().toString(), files(folder)));
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw broken(file, "is not UTF-8 text: save it in UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static ConfigurationException broken(Path file, String message) {
        return new ConfigurationException(file.toString(), List.of(new Problem(0, "", message)));
    }

    private static List<String> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }
}
