package io.trainyard.features.version;

/**
 * One version of one table: the atom of lineage.
 *
 * @param path where the Delta table is
 * @param version Delta's number of the version
 * @param schemaFingerprint hash over names and types of the columns
 * @param rows how many there are
 * @param fingerprint hash over whatever determined the content
 */
public record TableVersion(String path, long version, String schemaFingerprint, long rows, String fingerprint) {}
