package io.trainyard.features.asof;

import io.trainyard.features.view.View;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a view as the join takes them.
 *
 * @param rows every column of the view's entity under its name there; {@link #EVENT_TIME} as a timestamp, absent where the view's
 *     source has no event time, since then a row has always been there; and one column for each of {@link View#values()}, under its name
 * @param knownAt by the name of a column or an aggregate, the timestamp column of {@code rows} that says when it is known, null for
 *     never; what has no entry is known at its event time
 */
public record ViewRows(View view, Dataset<Row> rows, Map<String, String> knownAt) {

    /** The column of {@link #rows} that says when a row happened. */
    public static final String EVENT_TIME = "_event_time";

    public ViewRows {
        knownAt = Map.copyOf(knownAt);
    }

    boolean timed() {
        return view.source().eventTime().isPresent();
    }
}
