/**
 * Builds training sets: from a declaration to an immutable, keyed and split version of a Delta table, or to the version that already
 * is what the declaration says. Depends on the other packages of this module; knows nothing about models.
 */
package io.trainyard.features.build;
