package io.trainyard.features.source;

import java.util.OptionalLong;

/**
 * The state of a source at one moment: equal fingerprints mean equal rows.
 *
 * @param uri where the rows are; a query's text for a query
 * @param version Delta's version, where the source is a Delta table
 * @param hash over location and state: Delta's version; names, sizes and times of files; the rows themselves of anything else
 */
public record SourceFingerprint(String uri, OptionalLong version, String hash) {}
