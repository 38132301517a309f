/**
 * The jobs: each reads from top to bottom like the flow of the data. Composes features, tuning and registry, which do not know
 * each other; only here does a training set become matrix blocks, a study a bundle, and a bundle predictions.
 */
package io.trainyard.jobs.run;
