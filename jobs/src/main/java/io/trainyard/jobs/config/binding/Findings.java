package io.trainyard.jobs.config.binding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the reading of one file found: the problems, and the values that could be read although others could not, so that
 * checks across sections see as much of a broken file as there is. Not thread-safe.
 */
public final class Findings {
    private final Set<Problem> problems = new TreeSet<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Set<String>> keys = new HashMap<>();

    /** All problems so far, by line, none twice. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Reports a problem with the value at this path, on the line of the nearest part of the path that is in the file. */
    public void problem(String path, String message) {
        problem(lineOf(path), path, message);
    }

    /** Reports a problem; line 0 means that the value was given by {@code --set}. */
    public void problem(int line, String path, String message) {
        problems.add(new Problem(line, line == 0 ? "--set " + path : path, message));
    }

    /** The value at a path, such as {@code search.trials}, or its default; empty when neither could be read. */
    public <T> Optional<T> value(String path, Class<T> type) {
        return Optional.ofNullable(values.get(path)).map(type::cast);
    }

    /** The items of the list at a path, or of its default; none when one of them could not be read. */
    public <T> List<T> list(String path, Class<T> item) {
        return value(path, List.class).stream()
                .flatMap(list -> ((List<?>) list).stream())
                .map(item::cast)
                .toList();
    }

    /** The keys of the mapping at a path, whether or not their values could be read. */
    public Set<String> keys(String path) {
        return keys.getOrDefault(path, Set.of());
    }

    void stands(KeyPath path, Value value) {
        lines.put(path.text(), value.line());
        if (value instanceof Value.Mapping mapping) {
            keys.put(path.text(), mapping.entries().keySet());
        }
    }

    void read(KeyPath path, Object value) {
        values.put(path.text(), value);
    }

    private int lineOf(String path) {
        for (String part = path; !part.isEmpty(); part = parent(part)) {
            if (lines.containsKey(part)) {
                return lines.get(part);
            }
        }
        return lines.getOrDefault(KeyPath.ROOT.text(), 1);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
