/**
 * What watching a model comes to, as values: reports of windows of time, findings in them, and incidents over them. Pure: knows profiles
 * and scores, and neither Spark nor where anything is stored or shown.
 */
package io.trainyard.jobs.monitor;
