/**
 * MLflow's REST protocol, and a registry and a tracker of studies on it; the registry may be in Unity Catalog. Over {@code
 * java.net.http} alone: no Python, and no second JSON library. Depends on {@code io.trainyard.registry}, its {@code
 * bundle}, and the storage interface of its {@code file}.
 */
package io.trainyard.registry.mlflow;
