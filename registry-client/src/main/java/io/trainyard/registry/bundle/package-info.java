/**
 * A saved model as a directory: its layout, its manifest, the MLmodel file that MLflow reads, and the verification
 * before every load. Depends on {@code io.trainyard.registry} and its {@code encoding}.
 */
package io.trainyard.registry.bundle;
