package io.trainyard.jobs.config.binding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A value of a YAML or JSON file, not yet read as anything; comments, quotes and layout are gone, the lines are kept. */
public sealed interface Value {
    /** The line of the key or list item that holds the value, from 1; 0 when it came from the command line. */
    int line();

    /** The value as a message shows it; a mapping or list by its kind alone. */
    String shown();

    /**
     * A text, number, truth value or date: which one is for the reader to say.
     *
     * @param written as in the file, with variables unexpanded: the only form that may be printed or stored
     * @param text with variables expanded; empty where one is undefined, which is then already reported
     * @param quoted whether quotes made it a text
     */
    record Scalar(String written, Optional<String> text, boolean quoted, int line) implements Value {
        @Override
        public String shown() {
            return fromVariable() ? "the value of '" + written + "'" : "'" + written + "'";
        }

        boolean fromVariable() {
            return text.filter(written::equals).isEmpty();
        }
    }

    /** A list. */
    record Sequence(List<Value> items, int line) implements Value {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String shown() {
            return "a list";
        }
    }

    /** Keys and values, in the order of the file. */
    record Mapping(Map<String, Value> entries, int line) implements Value {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** The same entries but for one key. */
        public Mapping without(String key) {
            Map<String, Value> rest = new LinkedHashMap<>(entries);
            rest.remove(key);
            return new Mapping(rest, line);
        }

        /** The lines of all values in it, however deep. */
        public Set<Integer> lines() {
            Set<Integer> lines = new TreeSet<>();
            collectLines(this, lines);
            return lines;
        }

        private static void collectLines(Value value, Set<Integer> lines) {
            lines.add(value.line());
            if (value instanceof Mapping mapping) {
                mapping.entries().values().forEach(entry -> collectLines(entry, lines));
            } else if (value instanceof Sequence sequence) {
                sequence.items().forEach(item -> collectLines(item, lines));
            }
        }

        @Override
        public String shown() {
            return "a mapping of keys";
        }
    }

    /** A key without a value, or {@code null}. */
    record Empty(int line) implements Value {
        @Override
        public String shown() {
            return "nothing";
        }
    }
}
