package io.trainyard.features.privacy;

import static org.apache.spark.sql.functions.mask;
import static org.apache.spark.sql.functions.udf;

import io.trainyard.features.view.Privacy;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * What becomes of columns that are not read in clear. Nulls stay null, the order of the columns stays, and columns that are not named
 * here stay as they are, even such as a later step added.
 */
public final class Deidentification {

    private final Map<String, Privacy> columns;
    private final Optional<HashKey> key;

    private Deidentification(Map<String, Privacy> columns, Optional<HashKey> key) {
        this.columns = Map.copyOf(columns);
        this.key = key;
    }

    /**
     * @param columns by their names as the rows spell them
     * @param key asked for only where a column is hashed
     * @throws IllegalArgumentException if a column is to be hashed and there is no key
     */
    public static Deidentification of(Map<String, Privacy> columns, Optional<HashKey> key) {
        if (columns.containsValue(Privacy.HASH) && key.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no key; set %s to a secret of at least %d characters, the same for every run"
                            .formatted(HashKey.VARIABLE, HashKey.MIN_LENGTH));
        }
        return new Deidentification(columns, key);
    }

    /** The rows, without anything in clear that is declared not to be. The rows have all of the columns named here. */
    public Dataset<Row> apply(Dataset<Row> rows) {
        Dataset<Row> safe = rows;
        for (Map.Entry<String, Privacy> column : columns.entrySet()) {
            String name = column.getKey();
            Column clear = rows.col("`" + name.replace("`", "``") + "`");
            safe = switch (column.getValue()) {
                case HASH -> safe.withColumn(name, hashed(clear));
                case MASK -> safe.withColumn(name, mask(text(clear)));
                case DROP -> safe.drop(clear);
            };
        }
        return safe;
    }

    private Column hashed(Column clear) {
        HashKey secret = key.orElseThrow();
        UDF1<Object, String> hash = value -> value == null ? null : secret.hash(ValueText.of(value));
        return udf(hash, DataTypes.StringType).withName("hmac_sha256").apply(clear);
    }

    private static Column text(Column clear) {
        UDF1<Object, String> text = ValueText::of;
        return udf(text, DataTypes.StringType).withName("value_text").apply(clear);
    }
}
