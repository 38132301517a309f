package io.trainyard.jobs.run;

import io.trainyard.features.profile.ColumnDrift;
import io.trainyard.features.profile.DriftReport;
import io.trainyard.features.version.TableWriter;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.jobs.config.Every;
import io.trainyard.jobs.monitor.Finding;
import io.trainyard.jobs.monitor.Incidents;
import io.trainyard.jobs.monitor.Watched;
import io.trainyard.jobs.monitor.WindowReport;
import io.trainyard.jobs.monitor.WindowReportJson;
import io.trainyard.registry.Score;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What the monitor saw, in a Delta table: a row for every time that a window was looked at, of which the one with the latest {@code as_of}
 * counts. {@code results} holds every number of it, for SQL, and {@code report} all of it, for whoever shows it.
 */
final class MonitorTable {
    private static final StructType SCHEMA = StructType.fromDDL("""
            model string, version int, rows string, every string, window_from timestamp, window_to timestamp, as_of timestamp,
            fingerprint string, row_count bigint, labelled bigint,
            findings array<struct<kind: string, subject: string, verdict: string, reasons: array<string>>>,
            results array<struct<kind: string, subject: string, measure: string, value: double, low: double, high: double>>,
            report string
            """);

    private final SparkSession spark;
    private final String path;

    private final Every every;

    /** @param every length of the windows: those of other lengths, from before the file said so, are another story */
    MonitorTable(SparkSession spark, String path, Every every) {
        this.spark = spark;
        this.every = every;
        this.path = path;
    }

    /** Reports of a run that was made before on exactly this, in the order of time; empty if there was none. */
    List<WindowReport> reports(String fingerprint) {
        return rows().map(rows -> rows
                        .where(rows.col("fingerprint").equalTo(fingerprint))
                        .orderBy("window_from")
                        .select("report")
                        .collectAsList()
                        .stream()
                        .map(row -> WindowReportJson.read(row.getString(0)))
                        .toList())
                .orElse(List.of());
    }

    /** Adds a run's windows in one commit, unless they were added before. */
    void add(String fingerprint, List<WindowReport> windows, List<List<Finding>> findings) {
        List<Row> added = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            added.add(row(fingerprint, windows.get(i), findings.get(i)));
        }
        try (TableWriter writer = new VersionedTable(spark, path).writer()) {
            writer.addOnce(spark.createDataFrame(added, SCHEMA).coalesce(1), "monitor " + fingerprint);
        }
    }

    /** What all windows of a version were found to show, as they were looked at last, in the order of time. */
    List<Incidents.Observed> observed(Watched watched) {
        Map<Timestamp, Row> latest = new TreeMap<>();
        rows().ifPresent(rows -> rows
                .where(rows.col("model")
                        .equalTo(watched.model())
                        .and(rows.col("version").equalTo(watched.version()))
                        .and(rows.col("rows").equalTo(watched.rows()))
                        .and(rows.col("every").equalTo(every.toString())))
                .select("window_from", "window_to", "as_of", "findings")
                .collectAsList()
                .stream()
                .sorted(Comparator.comparing(row -> row.<Timestamp>getAs("as_of")))
                .forEach(row -> latest.put(row.getAs("window_from"), row)));
        return latest.entrySet().stream()
                .map(entry -> new Incidents.Observed(
                        entry.getKey().toInstant(),
                        StoredFindings.read(entry.getValue().getList(3))))
                .toList();
    }

    private Optional<Dataset<Row>> rows() {
        return new VersionedTable(spark, path).exists()
                ? Optional.of(spark.read().format("delta").load(path))
                : Optional.empty();
    }

    private Row row(String fingerprint, WindowReport report, List<Finding> findings) {
        List<Row> found = findings.stream().map(StoredFindings::row).toList();
        return RowFactory.create(
                report.watched().model(),
                report.watched().version(),
                report.watched().rows(),
                every.toString(),
                Timestamp.from(report.window().from()),
                Timestamp.from(report.window().to()),
                Timestamp.from(report.asOf()),
                fingerprint,
                report.rows(),
                report.quality().labelled(),
                found.toArray(),
                results(report).toArray(),
                WindowReportJson.write(report));
    }

    private static List<Row> results(WindowReport report) {
        List<Row> results = new ArrayList<>();
        distances("feature", report.features(), results);
        distances("prediction", report.predictions(), results);
        report.labels().ifPresent(labels -> distances("label", labels, results));
        report.quality().measured().forEach(score -> results.add(row("measured", "", score)));
        report.quality().estimated().forEach(score -> results.add(row("estimated", "", score)));
        report.slices()
                .forEach(slice -> slice.quality()
                        .measured()
                        .forEach(score -> results.add(row("measured", slice.feature() + "=" + slice.value(), score))));
        return results;
    }

    private static void distances(String kind, DriftReport report, List<Row> results) {
        for (ColumnDrift column : report.columns()) {
            column.distances()
                    .forEach(distance -> results.add(RowFactory.create(
                            kind,
                            column.column(),
                            name(distance.measure()),
                            distance.value(),
                            distance.lower(),
                            Double.NaN)));
            column.shares()
                    .forEach(share -> results.add(RowFactory.create(
                            kind,
                            column.column(),
                            "share of " + name(share.kind()),
                            share.current(),
                            Double.NaN,
                            Double.NaN)));
        }
    }

    private static Row row(String kind, String subject, Score score) {
        return RowFactory.create(kind, subject, score.metric(), score.value(), score.low(), score.high());
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
