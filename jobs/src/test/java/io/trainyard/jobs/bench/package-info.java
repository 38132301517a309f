/**
 * Benchmarks against peers, run by {@code scripts/bench}: each measures ours and its peers side by side, in one process, on the same
 * data, cores and configurations. They are test code, so that the product's jar carries none of it; they may see all modules.
 */
package io.trainyard.jobs.bench;
