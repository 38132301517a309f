package io.trainyard.jobs.run;

import io.trainyard.features.profile.Verdict;
import io.trainyard.jobs.monitor.Finding;
import io.trainyard.jobs.monitor.Finding.Kind;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Findings as tables hold them: {@code struct<kind: string, subject: string, verdict: string, reasons: array<string>>}. */
final class StoredFindings {
    private StoredFindings() {}

    static Row row(Finding finding) {
        return RowFactory.create(
                finding.kind().name().toLowerCase(Locale.ROOT),
                finding.subject(),
                finding.verdict().name().toLowerCase(Locale.ROOT),
                finding.reasons().toArray());
    }

    static List<Finding> read(List<Row> stored) {
        return stored.stream()
                .map(row -> new Finding(
                        Kind.valueOf(row.<String>getAs("kind").toUpperCase(Locale.ROOT)),
                        row.getAs("subject"),
                        Verdict.valueOf(row.<String>getAs("verdict").toUpperCase(Locale.ROOT)),
                        row.getList(row.fieldIndex("reasons"))))
                .toList();
    }
}
