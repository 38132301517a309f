/**
 * Tests of rows: compiled to one flag per row and test and one aggregation over them all, which rows pass, a report, and a table of
 * the rows that do not. Depends on {@code view}, on {@code source} for messages and for the text of rows, on {@code version} for
 * locking, and on Spark, Delta and Jackson.
 */
package io.trainyard.features.quality;
