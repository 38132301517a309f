/**
 * Reading what users have, with its warts: formats told from paths, malformed rows refused, zoneless timestamps placed in a zone, and
 * a fingerprint that says whether anything changed. Depends on {@code view}, on {@code version} for hashing, and on Spark and Delta.
 */
package io.trainyard.features.source;
