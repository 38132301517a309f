package io.trainyard.jobs.demo;

/**
 * What was written.
 *
 * @param transactions labelled rows
 * @param frauds how many of them are fraudulent
 * @param newTransactions rows without a label
 */
public record DemoSummary(long transactions, long frauds, long newTransactions) {}
