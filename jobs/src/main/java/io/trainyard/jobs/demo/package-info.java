/**
 * The simulated card transactions that the quickstart, the examples and the benchmarks run on. Writes Parquet through
 * Spark; depends on nothing else of Trainyard.
 *
 * <p>The process is that of the Fraud Detection Handbook (Le Borgne, Siblini, Lebichot and Bontempi, 2022, chapter 3,
 * "Transaction data simulator"): customers and terminals on a map, spending profiles, and three kinds of fraud. Unlike the
 * published program it draws from one random stream per customer and per day, so that any number of executors makes the
 * same data; and it adds attributes of a transaction, {@link io.trainyard.jobs.demo.Attributes}.
 */
package io.trainyard.jobs.demo;
