package io.trainyard.features.build;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.trainyard.features.quality.Checked;
import io.trainyard.features.quality.Expectations;
import io.trainyard.features.quality.QuarantineTable;
import io.trainyard.features.quality.TestReport;
import io.trainyard.features.source.SourceReader;
import io.trainyard.features.source.SourceSnapshot;
import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Test;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The sources of one build, each opened once, as of one moment, and tested once where its rows are needed. */
final class OpenSources implements AutoCloseable {

    private final SourceReader reader;
    private final QuarantineTable quarantine;
    private final Optional<Instant> asOf;
    private final Map<Source, TimedRows> opened = new LinkedHashMap<>();
    private final Map<Source, Tested> tested = new LinkedHashMap<>();
    private final List<Checked> checked = new ArrayList<>();

    OpenSources(SourceReader reader, QuarantineTable quarantine, Optional<Instant> asOf) {
        this.reader = reader;
        this.quarantine = quarantine;
        this.asOf = asOf;
    }

    /** Rows that passed the tests, with what the tests found. */
    record Tested(TimedRows rows, TestReport report) {}

    Optional<Instant> asOf() {
        return asOf;
    }

    /** A source before any test. */
    TimedRows open(Source source) {
        TimedRows known = opened.get(source);
        if (known == null) {
            known = TimedRows.of(reader.snapshot(source), asOf);
            opened.put(source, known);
        }
        return known;
    }

    /**
     * The rows of a source that pass its tests.
     *
     * @throws io.trainyard.features.source.SourceException if more fail than the source bears
     */
    Tested tested(Source source) {
        Tested known = tested.get(source);
        if (known == null) {
            known = tested(open(source), open(source).snapshot().clearRows(), Optional.empty());
            tested.put(source, known);
        }
        return known;
    }

    /**
     * Some rows of a source that pass its tests.
     *
     * @param clear as they are before de-identification
     * @param before what the tests found in the other rows
     */
    Tested tested(TimedRows source, Dataset<Row> clear, Optional<TestReport> before) {
        SourceSnapshot snapshot = source.snapshot();
        Column beyond = source.bound()
                .map(bound -> coalesce(source.moment().geq(lit(bound)), lit(false)))
                .orElse(lit(false));
        List<Test> tests = source.source().tests();
        Passed passed = check(
                source.source().name(),
                tests,
                source.source().eventTime(),
                clear.where(not(beyond)),
                snapshot::deidentify,
                Fingerprint.of("tested source", 1)
                        .add("source", snapshot.fingerprint().hash())
                        .add("bound", source.bound().map(Instant::toString).orElse(""))
                        .addAll("tests", ViewFingerprint.tests(tests))
                        .addAll("references", references(tests))
                        .hex(),
                before);
        // What lies beyond the logical time is not tested, but counted by whoever leaves it out.
        Dataset<Row> rows = source.bound().isPresent()
                ? passed.rows().unionByName(snapshot.deidentify(clear.where(beyond)))
                : passed.rows();
        return new Tested(source.with(rows), passed.report());
    }

    /** Rows that passed tests, with what the tests found in them and in the rows before. */
    record Passed(Dataset<Row> rows, TestReport report) {}

    /** Runs tests; what is quarantined is kept beside, in a table of its own. */
    Passed check(
            String table,
            List<Test> tests,
            Optional<String> eventTime,
            Dataset<Row> clear,
            UnaryOperator<Dataset<Row>> deidentify,
            String fingerprint,
            Optional<TestReport> before) {
        Instant now = asOf.orElse(Instant.EPOCH); // without a logical time, nothing is too old
        Checked result =
                Expectations.of(table, tests, eventTime, now, this::rows).check(clear, deidentify);
        checked.add(result);
        TestReport report = before.map(result.report()::plus).orElse(result.report());
        report.requirePassed();
        if (result.report().quarantines()) {
            quarantine.append(new QuarantineTable.Origin(table, fingerprint, now, eventTime), result.quarantined());
        }
        return new Passed(result.passing(), report);
    }

    private Dataset<Row> rows(Source source) {
        return open(source).snapshot().rows();
    }

    /** The states of the sources that tests refer to: what they have decides about what is tested. */
    List<String> references(List<Test> tests) {
        return tests.stream()
                .filter(Test.References.class::isInstance)
                .map(test -> open(((Test.References) test).source())
                        .snapshot()
                        .fingerprint()
                        .hash())
                .toList();
    }

    /** A source that has not changed may have become too old by that. */
    void requireFresh(Source source) {
        List<Test> freshness =
                source.tests().stream().filter(Test.Freshness.class::isInstance).toList();
        if (!freshness.isEmpty()) {
            check(
                    source.name(),
                    freshness,
                    source.eventTime(),
                    open(source).snapshot().clearRows(),
                    UnaryOperator.identity(),
                    "",
                    Optional.empty());
        }
    }

    /** @throws io.trainyard.features.source.SourceException if what was read is not any more what it was when it was opened */
    void requireUnchanged() {
        opened.values().stream().map(TimedRows::snapshot).forEach(SourceSnapshot::requireUnchanged);
    }

    @Override
    public void close() {
        checked.forEach(Checked::close);
    }
}
