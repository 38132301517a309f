package io.trainyard.tuning.matrix;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/** Turns a row of the training set into numbers, on an executor. */
@FunctionalInterface
public interface RowEncoder extends Serializable {
    /** Fills {@code into} with the encoded {@code row}. */
    void encode(Row row, MatrixRow into);
}
