package io.trainyard.features.source;

import static io.trainyard.features.source.SourceColumns.quoted;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.view.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** A source as it was when it was opened. */
public final class SourceSnapshot {

    /** No zone's clock is further from UTC's, and no change of a clock is greater. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final Source source;
    private final Origin origin;
    private final Supplier<SourceFingerprint> state;
    private final SourcePrivacy privacy;
    private final Dataset<Row> raw;
    private final Dataset<Row> clear;

    private SourceSnapshot(
            Source source,
            Origin origin,
            Supplier<SourceFingerprint> state,
            SourcePrivacy privacy,
            Dataset<Row> raw,
            Dataset<Row> clear) {
        this.source = source;
        this.origin = origin;
        this.state = state;
        this.privacy = privacy;
        this.raw = raw;
        this.clear = clear;
    }

    /** @param key what hashes columns, where the source declares any */
    static SourceSnapshot of(Source source, Origin origin, Optional<String> key) {
        Dataset<Row> raw = origin.rows();
        SourceColumns.requireDistinct(source.name(), raw.columns());
        SourcePrivacy privacy = SourcePrivacy.of(source, raw.schema(), key);
        return new SourceSnapshot(source, origin, new Once<>(origin::fingerprint), privacy, raw, zoned(raw));
    }

    public Source source() {
        return source;
    }

    /** The rows, de-identified as the source declares it. */
    public Dataset<Row> rows() {
        return privacy.apply(clear);
    }

    /** The rows as they are before de-identification: for tests of them, and to be written nowhere but through {@link #deidentify}. */
    public Dataset<Row> clearRows() {
        return clear;
    }

    /** Does to rows made of {@link #clearRows} what the source declares; columns that were added to them stay as they are. */
    public Dataset<Row> deidentify(Dataset<Row> rows) {
        return privacy.apply(rows);
    }

    /**
     * The same snapshot with those rows alone whose event time is within bounds; rows without one are left out as soon as there is a
     * bound. Files and row groups outside of the bounds need not be read, also where timestamps have no zone.
     *
     * @param from inclusive
     * @param to inclusive
     */
    public SourceSnapshot between(Optional<Instant> from, Optional<Instant> to) {
        if (from.isEmpty() && to.isEmpty()) {
            return this;
        }
        String name = SourceColumns.of(source, clear.schema())
                .require(
                        "bound source '%s' by time".formatted(source.name()),
                        source.eventTime()
                                .orElseThrow(() ->
                                        new SourceException("Cannot bound source '%s' by time: declare its event time"
                                                .formatted(source.name()))));
        Dataset<Row> pruned = pruned(name, from, to);
        Column time = col(quoted(name)).cast(DataTypes.TimestampType);
        Dataset<Row> bounded = zoned(pruned)
                .filter(from.map(moment -> time.geq(lit(moment))).orElse(lit(true)))
                .filter(to.map(moment -> time.leq(lit(moment))).orElse(lit(true)));
        return new SourceSnapshot(source, origin, state, privacy, pruned, bounded);
    }

    /** What the source consists of, to ask later what came since; empty where that cannot be told piece by piece. */
    public Optional<SourceState> state() {
        return origin.state();
    }

    /** The rows that came since, and those that were there; empty where anything but additions may have happened. */
    public Optional<Grown> growthSince(SourceState before) {
        return origin.growthSince(before)
                .map(growth -> new Grown(() -> with(growth.before().get()), with(growth.added())));
    }

    /**
     * A source that has only grown.
     *
     * @param before the rows that were there, as they were
     * @param added the rows that came
     */
    public record Grown(Supplier<SourceSnapshot> before, SourceSnapshot added) {}

    private SourceSnapshot with(Dataset<Row> some) {
        return new SourceSnapshot(source, origin, state, privacy, some, zoned(some));
    }

    /** Hash over what is declared about reading the source: where, how, and what of it is private under which key. */
    public String declaration() {
        return privacy.addTo(Fingerprint.of("source declaration", 1).add("location", source.location()))
                .hex();
    }

    /** What the rows are, for whoever wants to know whether they changed. */
    public SourceFingerprint fingerprint() {
        return privacy.apply(state.get());
    }

    /**
     * To be called after the rows were read, and before anything is made of them.
     *
     * @throws SourceException if files came, went or changed meanwhile, so that the rows are not what the fingerprint says
     */
    public void requireUnchanged() {
        if (changed()) {
            throw new SourceException(
                    "Cannot use source '%s': its files at %s changed while they were read; run again when nobody writes them"
                            .formatted(source.name(), state.get().uri()));
        }
    }

    boolean changed() {
        return origin.changedSince(state.get());
    }

    /** Spark pushes no comparison through a cast into a file: this one is on the column as it is stored, and wide enough. */
    private Dataset<Row> pruned(String name, Optional<Instant> from, Optional<Instant> to) {
        DataType stored = raw.schema().apply(name).dataType();
        if (!stored.equals(DataTypes.TimestampNTZType) && !stored.equals(DataTypes.DateType)) {
            return raw;
        }
        Column time = raw.col(quoted(name));
        return raw.filter(from.map(moment -> time.geq(local(moment.minus(MARGIN), stored)))
                        .orElse(lit(true)))
                .filter(to.map(moment -> time.leq(local(moment.plus(MARGIN), stored)))
                        .orElse(lit(true)));
    }

    private Column local(Instant moment, DataType stored) {
        ZoneId zone = ZoneId.of(raw.sparkSession().conf().get("spark.sql.session.timeZone"), ZoneId.SHORT_IDS);
        LocalDateTime time = LocalDateTime.ofInstant(moment, zone);
        return stored.equals(DataTypes.DateType) ? lit(time.toLocalDate()) : lit(time);
    }

    private static Dataset<Row> zoned(Dataset<Row> rows) {
        Dataset<Row> zoned = rows;
        for (StructField field : rows.schema().fields()) {
            if (field.dataType().equals(DataTypes.TimestampNTZType)) {
                zoned = zoned.withColumn(
                        field.name(), rows.col(quoted(field.name())).cast(DataTypes.TimestampType));
            }
        }
        return zoned;
    }
}
