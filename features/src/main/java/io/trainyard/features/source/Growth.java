package io.trainyard.features.source;

import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A source that has only grown.
 *
 * @param before the rows that were there, as they were; asked for only where they are needed, since they may be gone
 * @param added the rows that came
 */
record Growth(Supplier<Dataset<Row>> before, Dataset<Row> added) {}
