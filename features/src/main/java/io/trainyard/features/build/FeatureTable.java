package io.trainyard.features.build;

import io.trainyard.features.asof.ViewRows;
import io.trainyard.features.quality.TestReport;
import io.trainyard.features.version.Commit;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.features.view.View;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * A version of a view's feature table: its rows, tested and without what is private, ready to be joined.
 *
 * @param commit the version, with what was noted beside it
 * @param change what the build did
 * @param dropped rows of the source that are not in the table, by reason
 * @param reports of the tests of the source and of the table
 */
public record FeatureTable(
        View view,
        Commit commit,
        Change change,
        SortedMap<String, Long> dropped,
        List<TestReport> reports,
        ViewLayout layout) {

    /** What a build did. */
    public enum Change {
        /** The table was what its declaration and its source say already. */
        REUSED,
        /** Only what came since the last build was read and added. */
        EXTENDED,
        /** All rows were read and written. */
        BUILT
    }

    public FeatureTable {
        reports = List.copyOf(reports);
        dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
    }

    static FeatureTable of(View view, ViewLayout layout, Commit commit, Change change) {
        FeatureTableFacts facts = FeatureTableFacts.ofJson(commit.facts());
        return new FeatureTable(view, commit, change, facts.dropped(), facts.reports(), layout);
    }

    /** The rows of this very version. */
    ViewRows rows(SparkSession spark) {
        return layout.rows(new VersionedTable(spark, commit.table().path())
                .read(commit.table().version()));
    }

    /** The version as an input of what is made of it. */
    Input input() {
        return new Input(
                view.name(),
                commit.table().path(),
                OptionalLong.of(commit.table().version()),
                commit.table().fingerprint());
    }
}
