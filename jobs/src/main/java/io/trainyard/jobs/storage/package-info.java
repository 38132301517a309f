/**
 * Journals and registries on any path that Hadoop knows: the storage interfaces of tuning and registry over a
 * {@link org.apache.hadoop.fs.FileSystem}. Depends on those two interfaces and on Hadoop; no Spark.
 */
package io.trainyard.jobs.storage;
