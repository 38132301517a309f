package io.trainyard.registry.scoring;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.bundle.SampleBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Damages bundles. Mostly the manifest fits what it lists: without that, digests would hide all else. */
record BundleMutations(Map<String, byte[]> files) {
    private static final List<String> TEXTS = List.of(
            "null",
            "-1",
            "0",
            "1e999",
            "1e-999",
            "9223372036854775808",
            "4294967297",
            "NaN",
            "\"NaN\"",
            "true",
            "[]",
            "{}",
            "\"\"",
            "\"../../outside/file\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"%2e%2e\"",
            "[[[[",
            "}",
            ",",
            "\"",
            "\ufeff",
            "\u202e",
            "9".repeat(2_000),
            "[".repeat(3_000));
    private static final List<String> NAMES = List.of(
            "..a",
            "con",
            "model.ubj.",
            "Model.ubj",
            ".model.ubj",
            "a b",
            "manifest.sig",
            "MANIFEST.JSON",
            "a/b/c",
            "sparkml",
            "sparkml/metadata/part-00000",
            "sparkml/Metadata/x",
            "ubj\u202e",
            "x".repeat(200),
            ".model.ubj.crc");
    private static final List<String> DOCUMENTS = List.of("encoding.json", "trainyard.json", "manifest.json");

    static BundleMutations of(Path bundle) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.list(bundle)) {
            for (Path file : (Iterable<Path>) found::iterator) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return new BundleMutations(files);
    }

    /** A new bundle with one to three mutations. */
    Path write(Path directory, SplittableRandom random) throws IOException {
        Map<String, byte[]> mutated = new TreeMap<>(files);
        int count = 1 + random.nextInt(3);
        for (int n = 0; n < count; n++) {
            mutate(mutated, random);
        }
        Files.createDirectories(directory);
        for (Map.Entry<String, byte[]> file : mutated.entrySet()) {
            write(directory.resolve(file.getKey()), file.getValue());
        }
        if (random.nextInt(50) == 0) {
            Files.createSymbolicLink(directory.resolve("link"), directory.resolveSibling("outside"));
        }
        if (random.nextInt(4) > 0 && Arrays.equals(mutated.get("manifest.json"), files.get("manifest.json"))) {
            seal(directory);
        }
        return directory;
    }

    void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void mutate(Map<String, byte[]> files, SplittableRandom random) {
        String file = one(List.copyOf(files.keySet()), random);
        byte[] bytes = files.get(file);
        switch (random.nextInt(9)) {
            case 0 -> files.put(file, flipped(bytes, random));
            case 1 -> files.put(file, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
            case 2 -> files.put(file, files.get(one(List.copyOf(files.keySet()), random)));
            case 3 -> files.put(one(NAMES, random), bytes);
            case 4 -> {
                files.remove(file);
                files.put(one(NAMES, random), bytes);
            }
            default -> {
                String document = one(DOCUMENTS, random);
                files.computeIfPresent(document, (name, text) -> edited(text, random));
            }
        }
    }

    private static byte[] flipped(byte[] bytes, SplittableRandom random) {
        byte[] flipped = bytes.clone();
        for (int n = random.nextInt(1, 4); n > 0 && flipped.length > 0; n--) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** Puts another value in place of one, or text at any place, or takes or doubles a line. */
    private static byte[] edited(byte[] bytes, SplittableRandom random) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return bytes;
        }
        int line = random.nextInt(lines.size());
        String value = one(TEXTS, random);
        switch (random.nextInt(4)) {
            case 0 -> lines.remove(line);
            case 1 -> lines.add(line, lines.get(line));
            case 2 -> lines.set(line, lines.get(line) + value);
            default -> lines.set(line, replaced(lines.get(line), value));
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static String replaced(String line, String value) {
        int colon = line.indexOf(" : ");
        return colon < 0 ? value : line.substring(0, colon + 3) + value + (line.endsWith(",") ? "," : "");
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (FileSystemException e) {
            // A file is in place of a folder already, or the other way round.
        }
    }

    /** Not every directory has a manifest that fits it. */
    private static void seal(Path directory) {
        try {
            SampleBundle.seal(directory);
        } catch (RegistryException | IllegalArgumentException e) {
            // Then it keeps the one that does not.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T one(List<T> values, SplittableRandom random) {
        return values.get(random.nextInt(values.size()));
    }
}
