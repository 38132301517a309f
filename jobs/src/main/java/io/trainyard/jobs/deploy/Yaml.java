package io.trainyard.jobs.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;

/** YAML of ordered maps, lists and scalars, as people write it. */
final class Yaml {
    private static final int WIDTH = 10_000;

    private Yaml() {}

    /**
     * Documents below a comment.
     *
     * @param head without the sign of a comment; may have several lines
     */
    static String of(String head, Object... documents) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(WIDTH);
        options.setSplitLines(false);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        String comment = head.lines().map(line -> "# " + line + "\n").collect(Collectors.joining());
        return Stream.of(List.of(documents))
                .flatMap(List::stream)
                .map(document -> new org.yaml.snakeyaml.Yaml(options).dump(copy(document)))
                .collect(Collectors.joining("---\n", comment, ""));
    }

    /** Nothing of it twice, for what is there twice would be written as an alias. */
    private static Object copy(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put(key, copy(entry)));
            return entries;
        }
        return value instanceof List<?> list
                ? new ArrayList<>(list.stream().map(Yaml::copy).toList())
                : value;
    }
}
