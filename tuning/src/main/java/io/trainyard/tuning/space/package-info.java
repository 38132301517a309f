/**
 * What a study searches: parameters, the conditions between them, and the points of their space. Values only; depends on
 * nothing but the JDK.
 */
package io.trainyard.tuning.space;
