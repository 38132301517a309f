/**
 * The pipeline file as records: loading it, with target, settings and variables of the environment; all its problems at
 * once; its JSON Schema. Everything after this package reads typed records and no string key. It may depend on {@code
 * binding}, on the declarations of {@code features.view}, on the names of metrics and tasks in {@code tuning.metric}, on what learners say of
 * their parameters, and on nothing of Spark: it answers in milliseconds.
 */
package io.trainyard.jobs.config;
