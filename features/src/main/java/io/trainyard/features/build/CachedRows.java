package io.trainyard.features.build;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Rows that are computed once and used several times, kept until this is closed. */
record CachedRows(Dataset<Row> rows) implements AutoCloseable {

    static CachedRows of(Dataset<Row> rows) {
        return new CachedRows(rows.persist(StorageLevel.MEMORY_AND_DISK()));
    }

    @Override
    public void close() {
        rows.unpersist();
    }
}
