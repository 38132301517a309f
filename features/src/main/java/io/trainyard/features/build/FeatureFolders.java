package io.trainyard.features.build;

/**
 * Where what is made of sources lies, on any storage.
 *
 * @param tables feature tables, one a view
 * @param materialized features of all entities as of a moment, one table a view
 * @param quarantine the table of rows that failed a test
 */
public record FeatureFolders(String tables, String materialized, String quarantine) {}
