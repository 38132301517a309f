/**
 * Columns that are not read in clear: hashed with a key, masked or left out. Depends on {@code view} and on Spark, on no other package
 * of this project; whoever reads a source finds its columns and turns what is refused here into a message.
 */
package io.trainyard.features.privacy;
