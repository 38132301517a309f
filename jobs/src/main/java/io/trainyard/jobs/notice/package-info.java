/** Tells others what a job found: webhooks, mails, a Pushgateway, files. Knows incidents as values, and neither Spark nor configuration. */
package io.trainyard.jobs.notice;
