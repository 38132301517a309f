/**
 * A study as ask and tell over immutable history: which trial is next, how trials end, and what is remembered. Knows
 * samplers and storage only as interfaces; depends on {@code tuning.space} and the JDK alone.
 */
package io.trainyard.tuning.study;
