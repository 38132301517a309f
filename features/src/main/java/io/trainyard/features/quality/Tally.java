package io.trainyard.features.quality;

import static io.trainyard.features.quality.FlaggedRows.flag;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.quality.TestReport.Outcome;
import io.trainyard.features.quality.TestReport.Result;
import io.trainyard.features.source.RowText;
import io.trainyard.features.view.Test;
import io.trainyard.features.view.Test.Action;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Counts what the tests found, in one aggregation over flagged rows. */
record Tally(String table, List<Test> tests, Optional<String> eventTime, Instant asOf) {

    private static final int SHOWN = 200;
    private static final String ROWS = "rows";
    private static final String NEWEST = "newest";

    TestReport report(FlaggedRows flagged) {
        Row counts = counts(flagged.rows());
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            results.add(result(tests.get(i), counts, i));
        }
        return new TestReport(table, results);
    }

    private Row counts(Dataset<Row> rows) {
        Column text = RowText.of(rows.select(FlaggedRows.columns(rows)));
        List<Column> counts = new ArrayList<>(List.of(newest(rows).as(NEWEST)));
        for (int i = 0; i < tests.size(); i++) {
            if (tests.get(i).ofRows()) {
                counts.add(count(when(col(flag(i)), 1)).as(failed(i)));
                counts.add(min(when(col(flag(i)), text)).as(example(i)));
            }
        }
        return rows.agg(count(lit(1)).as(ROWS), counts.toArray(Column[]::new)).first();
    }

    private Column newest(Dataset<Row> rows) {
        Optional<Test> freshness =
                tests.stream().filter(Test.Freshness.class::isInstance).findFirst();
        if (freshness.isEmpty()) {
            return lit(null).cast(DataTypes.TimestampType);
        }
        TestedColumns columns = new TestedColumns(table, rows);
        String test = freshness.get().describe();
        String time = eventTime.orElseThrow(
                () -> columns.refuse(test, "nothing says when its rows happened; declare the event time"));
        return max(columns.of(time, test).cast(DataTypes.TimestampType));
    }

    private Result result(Test test, Row counts, int i) {
        long rows = counts.<Long>getAs(ROWS);
        if (test instanceof Test.RowCount count) {
            boolean holds = rows >= count.min().orElse(0) && rows <= count.max().orElse(Long.MAX_VALUE);
            return whole(test, rows, holds, "%d rows".formatted(rows));
        }
        if (test instanceof Test.Freshness freshness) {
            Optional<Instant> newest =
                    Optional.ofNullable(counts.<Timestamp>getAs(NEWEST)).map(Timestamp::toInstant);
            boolean holds =
                    newest.isPresent() && !newest.get().plus(freshness.maxAge()).isBefore(asOf);
            return whole(
                    test,
                    rows,
                    holds,
                    newest.map("the newest row of %s"::formatted).orElse("no row with a time"));
        }
        long failed = counts.<Long>getAs(failed(i));
        Test.Reaction reaction = test.reaction();
        boolean violated = failed > 0 && (double) failed / rows > reaction.maxShare();
        Outcome borne = failed == 0 ? Outcome.PASSED : Outcome.BORNE;
        return new Result(
                test.describe(),
                true,
                reaction.action(),
                rows,
                failed,
                reaction.maxShare(),
                violated ? Outcome.VIOLATED : borne,
                Optional.ofNullable(counts.<String>getAs(example(i))).map(Tally::shortened));
    }

    private static Result whole(Test test, long rows, boolean holds, String found) {
        Action action = test.reaction().action();
        Outcome failure = action == Action.FAIL ? Outcome.VIOLATED : Outcome.BORNE;
        return new Result(
                test.describe(),
                false,
                action,
                rows,
                holds ? 0 : rows,
                test.reaction().maxShare(),
                holds ? Outcome.PASSED : failure,
                Optional.of(found));
    }

    private static String shortened(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    private static String failed(int test) {
        return "failed_" + test;
    }

    private static String example(int test) {
        return "example_" + test;
    }
}
