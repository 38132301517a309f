/**
 * Which trials are worth going on with: one file a pruner, and one for the test that compares folds. Depends on {@code tuning.study}
 * and the JDK alone; every decision is the same on every machine.
 */
package io.trainyard.tuning.pruner;
