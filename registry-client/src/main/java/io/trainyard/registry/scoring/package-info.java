/**
 * Scoring in a plain JVM: a verified bundle of a booster, evaluated in Java. Needs neither Spark nor XGBoost, whose
 * native library wants a C runtime and a writable folder; usable from any thread. Depends on {@code
 * io.trainyard.registry}, its {@code encoding} and its {@code bundle}.
 *
 * <p>{@link io.trainyard.registry.scoring.Scorer} is the way in. A model file becomes a {@code BoostedTrees} by way of
 * {@code UbjsonReader} (bytes to values), {@code BoosterReader} and {@code TreeReader} (values to trees, each checked),
 * and {@code ForestBuilder} (trees to flat arrays, which {@code Forest} walks).
 */
package io.trainyard.registry.scoring;
