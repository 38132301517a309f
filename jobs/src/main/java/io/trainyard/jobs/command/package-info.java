/**
 * The command line: what may be typed, what is printed, and which exit code follows. The work is done by
 * {@code io.trainyard.jobs.run}.
 */
package io.trainyard.jobs.command;
