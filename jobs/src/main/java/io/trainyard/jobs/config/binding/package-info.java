/**
 * From YAML to records, knowing nothing of pipelines: values with their lines, variables of the environment, overlays, and
 * a binder that reads the shape of a file off the records it fills and reports everything that is wrong at once. The same
 * shapes write the JSON Schema, so that the two cannot drift. SnakeYAML and Jackson stay inside; no Spark.
 */
package io.trainyard.jobs.config.binding;
