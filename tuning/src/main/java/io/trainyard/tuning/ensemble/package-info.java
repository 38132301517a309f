/**
 * What is made of several trials, or of one after the search: a weighted sum of boosters, and probabilities that mean what they say.
 * Both are boosters again, so that whatever scores one scores them. Pure Java but for XGBoost's model format.
 */
package io.trainyard.tuning.ensemble;
