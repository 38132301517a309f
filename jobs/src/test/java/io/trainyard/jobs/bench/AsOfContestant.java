package io.trainyard.jobs.bench;

import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A way to join.
 *
 * @param join the examples' {@code id} and, as {@code value}, what was found; anything else is not looked at
 * @param comparable whether it answers at all: the floor only moves rows
 */
record AsOfContestant(String name, boolean comparable, Function<AsOfRows, Dataset<Row>> join) {}
