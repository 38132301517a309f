/**
 * From named raw values to the numbers that a model takes: fitted once on training rows, stored as JSON, and the same
 * for training, Spark scoring and a plain JVM. Pure Java; depends on {@code io.trainyard.registry} alone.
 */
package io.trainyard.registry.encoding;
