package io.trainyard.jobs.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every job wants of Spark: the file {@code conf/spark-defaults.conf} as this release was built with it. */
final class SparkDefaults {
    private SparkDefaults() {}

    static Map<String, String> load() {
        try (InputStream stream = SparkDefaults.class.getResourceAsStream("spark-defaults.conf")) {
            return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read spark-defaults.conf", e);
        }
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> settings = new LinkedHashMap<>();
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.split("\\s+", 2))
                .forEach(setting -> settings.put(setting[0], setting[1]));
        return settings;
    }
}
