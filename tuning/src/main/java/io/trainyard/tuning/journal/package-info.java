/**
 * The durable log of a study: numbered segments of events, each created if absent, so that two drivers cannot write the
 * same study. Depends on {@code tuning.study}, {@code tuning.space} and Jackson.
 */
package io.trainyard.tuning.journal;
