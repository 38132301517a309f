/**
 * The as-of join: for every example the features of its entities as they were known at the example's time, one row out for every row
 * in. Depends on {@code view} for what is declared, on {@code source} for its messages, and on Spark.
 */
package io.trainyard.features.asof;
