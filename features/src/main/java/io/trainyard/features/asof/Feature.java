package io.trainyard.features.asof;

/** A column that the join adds. */
record Feature(String name, Carried carried) {}
