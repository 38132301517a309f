package io.trainyard.features.source;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A source that has only grown.
 *
 * @param before the rows that were there, as they were
 * @param added the rows that came
 */
record Growth(Dataset<Row> before, Dataset<Row> added) {}
