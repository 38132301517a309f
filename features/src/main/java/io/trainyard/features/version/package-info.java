/**
 * Versions of Delta tables: what a version is, which one is current, how one is written in a single commit that knows its own
 * fingerprint, which ones are pinned, and how the files of the others are
 * deleted. Depends on Spark, Delta and Jackson, on no other package of this project.
 */
package io.trainyard.features.version;
