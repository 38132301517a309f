/**
 * From a declared split to columns that say which rows search, validate, fit and test. Depends on {@code view} and on Spark's column
 * expressions; reads nothing.
 */
package io.trainyard.features.split;
