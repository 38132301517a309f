/**
 * Reading what users have, with its warts: formats told from paths, malformed rows refused, zoneless timestamps placed in a zone,
 * columns de-identified, and a fingerprint that says whether anything changed. Depends on {@code view}, on {@code privacy}, on {@code
 * version} for hashing, and on Spark and Delta.
 */
package io.trainyard.features.source;
