/**
 * The encoded training set as the learners take it: written once as blocks of floats in the warehouse, read by every executor
 * into native matrices that all its trials share. Knows Spark, Hadoop's file systems and XGBoost's native matrices; knows nothing
 * of features or encodings, which arrive as a {@link io.trainyard.tuning.matrix.RowEncoder}.
 */
package io.trainyard.tuning.matrix;
