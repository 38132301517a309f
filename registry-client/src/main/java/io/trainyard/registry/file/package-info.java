/**
 * A registry in a folder, on any storage that can create a file if it is absent. Depends on {@code
 * io.trainyard.registry} and its {@code bundle}.
 */
package io.trainyard.registry.file;
