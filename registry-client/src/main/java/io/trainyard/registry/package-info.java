/**
 * Models, versions, aliases and gates: values, and the interface of a registry. Plain Java and Jackson; no Spark, so
 * that a serving application can use it. Every other registry package may depend on this one, and it depends on none
 * of them.
 */
package io.trainyard.registry;
