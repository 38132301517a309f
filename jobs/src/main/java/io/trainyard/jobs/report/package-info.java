/** What people and Prometheus read of a model at work: values in, texts out. Whatever comes from data is escaped where it is written. */
package io.trainyard.jobs.report;
