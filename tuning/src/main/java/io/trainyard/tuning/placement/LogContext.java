package io.trainyard.tuning.placement;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.MDC;
import scala.Option;

/**
 * What log lines are about, from its beginning to its end: those of this thread, and, where a Spark session runs, those of the tasks that this
 * thread starts on executors. In the mapped diagnostic context, and so in a log's pattern, a label has the prefix {@code mdc.}, as Spark gives
 * it to the labels of tasks: {@code %X{mdc.trial}}.
 */
public final class LogContext implements AutoCloseable {
    private static final String PREFIX = "mdc.";

    private final Optional<SparkContext> spark;
    private final Map<String, Optional<String>> before = new LinkedHashMap<>();

    private LogContext(Optional<SparkContext> spark) {
        this.spark = spark;
    }

    /** Adds labels to those that hold already; of one that does, the value is another until this ends. */
    public static LogContext open(Map<String, String> labels) {
        LogContext context = new LogContext(running());
        labels.forEach((label, value) -> {
            context.before.put(label, Optional.ofNullable(MDC.get(PREFIX + label)));
            context.put(label, Optional.of(value));
        });
        return context;
    }

    /** The labels of this thread, for another one that works for it. */
    static Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        Optional.ofNullable(MDC.getCopyOfContextMap())
                .orElse(Collections.emptyMap())
                .forEach((key, value) -> {
                    if (key.startsWith(PREFIX)) {
                        labels.put(key.substring(PREFIX.length()), value);
                    }
                });
        return labels;
    }

    private static Optional<SparkContext> running() {
        Option<SparkSession> session = SparkSession.getDefaultSession();
        return session.isDefined() && !session.get().sparkContext().isStopped()
                ? Optional.of(session.get().sparkContext())
                : Optional.empty();
    }

    private void put(String label, Optional<String> value) {
        String key = PREFIX + label;
        value.ifPresentOrElse(text -> MDC.put(key, text), () -> MDC.remove(key));
        spark.ifPresent(context -> context.setLocalProperty(key, value.orElse(null)));
    }

    @Override
    public void close() {
        before.forEach(this::put);
    }
}
