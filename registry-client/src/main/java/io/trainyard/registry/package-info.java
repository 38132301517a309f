/**
 * Models, versions, aliases and gates: values, and the interface of a registry. Plain Java and Jackson; no Spark, so that a
 * serving application can use it.
 */
package io.trainyard.registry;
