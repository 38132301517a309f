package io.trainyard.tuning.placement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.slf4j.MDC;

/**
 * What the log lines of this thread are about, from its beginning to its end: a pipeline, a run, a study, a trial. In the mapped diagnostic
 * context, and so in a log's pattern, a label has the prefix {@code mdc.}, as Spark gives it to the labels of tasks: {@code %X{mdc.trial}}.
 */
public final class LogContext implements AutoCloseable {
    private static final String PREFIX = "mdc.";
    private static final List<String> LABELS = List.of("pipeline", "run", "study", "trial");

    private final Map<String, Optional<String>> before = new LinkedHashMap<>();

    private LogContext() {}

    /** Adds labels to those that hold already; of one that does, the value is another until this ends. */
    public static LogContext open(Map<String, String> labels) {
        LogContext context = new LogContext();
        labels.forEach((label, value) -> {
            if (!LABELS.contains(label)) {
                throw new IllegalArgumentException("no label of log lines: " + label);
            }
            context.before.put(label, value(label));
            put(label, Optional.of(value));
        });
        return context;
    }

    /** Labels, as this thread, the tasks that it starts from now on. */
    public static void carryTo(SparkContext spark) {
        LABELS.forEach(
                label -> spark.setLocalProperty(PREFIX + label, value(label).orElse(null)));
    }

    /** The labels of this thread, for another one that works for it. */
    static Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        LABELS.forEach(label -> value(label).ifPresent(value -> labels.put(label, value)));
        return labels;
    }

    private static Optional<String> value(String label) {
        return Optional.ofNullable(MDC.get(PREFIX + label));
    }

    private static void put(String label, Optional<String> value) {
        value.ifPresentOrElse(text -> MDC.put(PREFIX + label, text), () -> MDC.remove(PREFIX + label));
    }

    @Override
    public void close() {
        before.forEach(LogContext::put);
    }
}
