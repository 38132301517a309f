package io.trainyard.jobs.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the name of a container image promises what Trainyard needs. */
final class ImageName {
    private static final Pattern IMAGE = Pattern.compile(
            "[a-z0-9][a-zA-Z0-9_.:/-]*?(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(@sha256:[0-9a-f]{64})?");
    private static final Pattern SPARK = Pattern.compile("(?:^|[^0-9.])([2-9])\\.([0-9]+)(?:\\.[0-9]+)?(?![0-9.])");

    private ImageName() {}

    /** What is wrong with an image, with the remedy. */
    static Optional<String> flaw(String image) {
        Matcher parts = IMAGE.matcher(image);
        if (!parts.matches()) {
            return Optional.of(
                    "expected an image such as registry.example/trainyard:0.1.0, found '%s'".formatted(image));
        }
        boolean pinned = parts.group(2) != null;
        String tag = parts.group(1) == null ? "" : parts.group(1).toLowerCase(Locale.ROOT);
        if (!pinned && (tag.isEmpty() || tag.equals("latest"))) {
            return Optional.of(
                    "'%s' is another image from day to day: give it a tag of its own, such as trainyard:0.1.0"
                            .formatted(image));
        }
        if (tag.contains("scala2.13")) {
            return Optional.of("'%s' has Scala 2.13: Trainyard is built for 2.12".formatted(image));
        }
        if (tag.matches(".*java(8|11)($|[^0-9]).*")) {
            return Optional.of("'%s' has an earlier Java than 17: use an image with java17".formatted(image));
        }
        return wrongSpark(image, tag);
    }

    /** Only of images that are Spark's by name: another image's numbers are its own. */
    private static Optional<String> wrongSpark(String image, String tag) {
        String repository = image.substring(0, image.length() - tag.length());
        Matcher version = SPARK.matcher(tag.replaceAll("(scala|java)[0-9.]+", ""));
        if (!(repository.contains("spark") || tag.contains("spark")) || !version.find()) {
            return Optional.empty();
        }
        return version.group(1).equals("3") && version.group(2).equals("5")
                ? Optional.empty()
                : Optional.of("'%s' has Spark %s.%s: use an image with Spark 3.5.2 to 3.5.6"
                        .formatted(image, version.group(1), version.group(2)));
    }
}
