package io.trainyard.tuning.matrix;

/** What is known of the groups of rows in blocks. */
public enum Grouping {
    /** Nothing: rows have neither group nor unit. */
    NONE,
    /** Rows have both, which metrics look at. */
    MEASURED,
    /** Rows are also in the order of their groups, and models learn to rank them within. */
    RANKED
}
