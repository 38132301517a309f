/**
 * Where to search next: one file a sampler, and one for the density that TPE compares. Depends on {@code tuning.space},
 * {@code tuning.study} and commons-math; every draw and every function is the same on every machine.
 */
package io.trainyard.tuning.sampler;
