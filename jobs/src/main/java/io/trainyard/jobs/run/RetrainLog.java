package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.version.TableBusyException;
import io.trainyard.features.version.TableWriter;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.jobs.retrain.RetrainDecision;
import io.trainyard.jobs.retrain.RetrainDecision.Action;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * What was decided about a pipeline's model, in a Delta table: a decision is there before it is carried out, and a training has a second row,
 * {@code trained}, when it is over. A decision to train without it was cut off.
 */
final class RetrainLog {
    private static final StructType SCHEMA = StructType.fromDDL(
            "pipeline string, model string, version int, as_of timestamp, action string, reasons array<string>");
    private static final String TRAINED = "trained";

    private final JobContext context;
    private final String path;
    private final VersionedTable table;

    RetrainLog(JobContext context) {
        this.context = context;
        this.path = context.warehouse().decisions(context.pipeline().name());
        this.table = new VersionedTable(context.spark(), path);
    }

    /**
     * A training that was cut off.
     *
     * @param asOf its logical time
     */
    record CutOff(Instant asOf, List<String> reasons) {}

    /** The right to decide, held while a decision is made and carried out; empty while another run has it. */
    Optional<TableWriter> alone() {
        try {
            return Optional.of(table.writer());
        } catch (TableBusyException busy) {
            return Optional.empty();
        }
    }

    /**
     * The last training that was cut off before anything became of it.
     *
     * @param version that held the alias when it was decided, and holds it still
     */
    Optional<CutOff> cutOff(int version) {
        if (!table.exists()) {
            return Optional.empty();
        }
        List<Row> rows = context.spark()
                .read()
                .format("delta")
                .load(path)
                .where(col("model")
                        .equalTo(context.pipeline().modelName())
                        .and(col("version").equalTo(version))
                        .and(col("action").isin(word(Action.RETRAIN), TRAINED)))
                .sort("as_of")
                .collectAsList();
        Set<Instant> over = rows.stream()
                .filter(row -> row.getAs("action").equals(TRAINED))
                .map(RetrainLog::asOf)
                .collect(Collectors.toSet());
        return rows.stream()
                .filter(row -> !over.contains(asOf(row)) && !asOf(row).isAfter(context.asOf()))
                .reduce((earlier, later) -> later)
                .map(row -> new CutOff(asOf(row), row.getList(row.fieldIndex("reasons"))));
    }

    private static Instant asOf(Row row) {
        return row.<Timestamp>getAs("as_of").toInstant();
    }

    /** @param version that holds the alias, 0 for none */
    void decided(TableWriter alone, int version, RetrainDecision decision) {
        note(alone, version, word(decision.action()), decision.reasons());
    }

    /** @param reasons what gates have said of what was trained */
    void trained(TableWriter alone, int version, List<String> reasons) {
        note(alone, version, TRAINED, reasons);
    }

    private void note(TableWriter alone, int version, String action, List<String> reasons) {
        String model = context.pipeline().modelName();
        alone.addOnce(
                context.spark()
                        .createDataFrame(
                                List.of(RowFactory.create(
                                        context.pipeline().name(),
                                        model,
                                        version,
                                        Timestamp.from(context.asOf()),
                                        action,
                                        reasons.toArray())),
                                SCHEMA),
                "retrain %s %d %s %s".formatted(model, version, context.asOf(), action));
    }

    static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
