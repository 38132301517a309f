package io.trainyard.features.quality;

import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Test;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tests of a table, ready to be run. Every test judges all of the rows, whatever others make of them: a row that repeats one which
 * another test leaves out fails all the same.
 */
public final class Expectations {

    private final String table;
    private final List<Test> tests;
    private final Optional<String> eventTime;
    private final Instant asOf;
    private final Function<Source, Dataset<Row>> references;

    private Expectations(
            String table,
            List<Test> tests,
            Optional<String> eventTime,
            Instant asOf,
            Function<Source, Dataset<Row>> references) {
        this.table = table;
        this.tests = List.copyOf(tests);
        this.eventTime = eventTime;
        this.asOf = asOf;
        this.references = references;
    }

    /**
     * @param table names the rows for people
     * @param eventTime the column that orders the rows, for {@code unique} and {@code freshness}
     * @param asOf the logical time of the build, for {@code freshness}
     * @param references gives the rows of a source that a test refers to; in clear where the tested rows are
     */
    public static Expectations of(
            String table,
            List<Test> tests,
            Optional<String> eventTime,
            Instant asOf,
            Function<Source, Dataset<Row>> references) {
        return new Expectations(table, tests, eventTime, asOf, references);
    }

    /** Runs the tests on rows in which nothing is private. */
    public Checked check(Dataset<Row> rows) {
        return check(rows, UnaryOperator.identity());
    }

    /**
     * Runs the tests, in one pass that computes the rows once and keeps them, flagged, until the result is closed; the caller need not
     * cache them. Nothing is refused here: see {@link TestReport#requirePassed}.
     *
     * @param clear the rows as the tests see them
     * @param deidentify makes of them what may be shown and kept; it may drop columns, and leaves alone those that begin with {@code _}
     * @throws SourceException if a test names a column that is not there, or cannot be run on it
     */
    public Checked check(Dataset<Row> clear, UnaryOperator<Dataset<Row>> deidentify) {
        if (tests.isEmpty()) {
            return checked(Optional.empty(), new FlaggedRows(deidentify.apply(clear), tests));
        }
        Dataset<Row> flagged = flagged(clear).persist(Checked.LEVEL);
        boolean done = false;
        try {
            Checked checked = checked(Optional.of(flagged), new FlaggedRows(deidentify.apply(flagged), tests));
            done = true;
            return checked;
        } finally {
            if (!done) {
                flagged.unpersist();
            }
        }
    }

    private Dataset<Row> flagged(Dataset<Row> clear) {
        RowFlags flags = new RowFlags(table, eventTime, references);
        Dataset<Row> flagged = clear;
        for (int i = 0; i < tests.size(); i++) {
            if (tests.get(i).ofRows()) {
                flagged = flags.flag(flagged, tests.get(i), FlaggedRows.flag(i));
            }
        }
        return flagged;
    }

    private Checked checked(Optional<Dataset<Row>> kept, FlaggedRows flagged) {
        TestReport report = tests.isEmpty()
                ? new TestReport(table, List.of())
                : new Tally(table, tests, eventTime, asOf).report(flagged);
        return new Checked(kept, flagged.passing(), flagged.quarantined(), report);
    }
}
