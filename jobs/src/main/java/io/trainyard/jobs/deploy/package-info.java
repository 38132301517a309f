/**
 * Job definitions for the platforms that a pipeline may run on, rendered from the section {@code deploy} of its file: no Spark, no
 * network, values in, texts out. A platform is one file here. It may know the records of {@code jobs.config}, Jackson and
 * SnakeYAML, and nothing of how a job runs.
 */
package io.trainyard.jobs.deploy;
