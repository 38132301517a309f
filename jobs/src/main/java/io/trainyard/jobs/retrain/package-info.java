/**
 * When a registered model is to be trained again, as a decision from values to values, and what such decisions would have come to in the
 * past. Pure: knows what the monitor reports, and neither Spark nor how a model is trained.
 */
package io.trainyard.jobs.retrain;
