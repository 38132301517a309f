package io.trainyard.features.build;

import io.trainyard.features.quality.Checked;
import io.trainyard.features.quality.Expectations;
import io.trainyard.features.quality.QuarantineTable;
import io.trainyard.features.quality.TestReport;
import io.trainyard.features.source.SourceReader;
import io.trainyard.features.source.SourceSnapshot;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Test;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
            known = tested(open(source), open(source).snapshot().clearRows());
            tested.put(source, known);
        }
        return known;
    }

    /** Some rows of a source that pass its tests; {@code clear} as they are before de-identification. */
    Tested tested(TimedRows source, Dataset<Row> clear) {
        SourceSnapshot snapshot = source.snapshot();
        Dataset<Row> bounded =
                source.bound().isPresent() ? clear.where(source.reason().isNull()) : clear;
        Checked result = check(
                source.source().name(),
                source.source().tests(),
                source.source().eventTime(),
                source.source().tests().isEmpty() ? clear : bounded,
                snapshot::deidentify,
                snapshot.fingerprint().hash()
                        + source.bound().map(Instant::toString).orElse(""));
        return new Tested(source.with(result.passing()), result.report());
    }

    /** Runs tests; what is quarantined is kept beside, in a table of its own. */
    Checked check(
            String table,
            List<Test> tests,
            Optional<String> eventTime,
            Dataset<Row> clear,
            UnaryOperator<Dataset<Row>> deidentify,
            String fingerprint) {
        Instant now = asOf.orElse(Instant.EPOCH); // without a logical time, nothing is too old
        Checked result =
                Expectations.of(table, tests, eventTime, now, reader::read).check(clear, deidentify);
        checked.add(result);
        result.report().requirePassed();
        if (tests.stream().anyMatch(test -> test.reaction().action() == Test.Action.QUARANTINE)) {
            quarantine.append(new QuarantineTable.Origin(table, fingerprint, now, eventTime), result.quarantined());
        }
        return result;
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
                    "");
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
