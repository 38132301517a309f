package io.trainyard.features.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.trainyard.features.source.SourceColumns;
import io.trainyard.features.view.Test;
import io.trainyard.features.view.Test.Action;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows with a column for every test of rows that says whether they fail it. */
record FlaggedRows(Dataset<Row> rows, List<Test> tests) {

    private static final String FLAG = "_trainyard_failed_";

    static String flag(int test) {
        return FLAG + test;
    }

    /** The rows' own columns. */
    static Column[] columns(Dataset<Row> flagged) {
        return Arrays.stream(flagged.columns())
                .filter(column -> !column.startsWith(FLAG))
                .map(column -> flagged.col(SourceColumns.quoted(column)))
                .toArray(Column[]::new);
    }

    Dataset<Row> passing() {
        Column leftOut = failing(Set.of(Action.DROP, Action.QUARANTINE))
                .map(test -> col(flag(test)))
                .reduce(lit(false), Column::or);
        return rows.filter(not(leftOut)).select(columns(rows));
    }

    Dataset<Row> quarantined() {
        Column[] reasons = Stream.concat(
                        failing(Set.of(Action.QUARANTINE))
                                .map(test ->
                                        when(col(flag(test)), tests.get(test).describe())),
                        Stream.of(lit(null).cast("string")))
                .toArray(Column[]::new);
        Column[] columns = Stream.concat(
                        Arrays.stream(columns(rows)),
                        Stream.of(coalesce(reasons).as(Checked.TEST)))
                .toArray(Column[]::new);
        return rows.select(columns).filter(col(Checked.TEST).isNotNull());
    }

    private Stream<Integer> failing(Set<Action> actions) {
        return IntStream.range(0, tests.size())
                .filter(i -> tests.get(i).ofRows()
                        && actions.contains(tests.get(i).reaction().action()))
                .boxed();
    }
}
