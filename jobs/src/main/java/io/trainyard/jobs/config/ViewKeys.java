package io.trainyard.jobs.config;

/** What the keys mean that all views have in common. */
final class ViewKeys {
    static final String SOURCE =
            "where the rows come from: a source, or a view, for the rows of its source with its features as columns";
    static final String ENTITY = "column that identifies the entity, or a list of them";
    static final String ON = "columns of the training rows by the entity's column, where their names differ";
    static final String DELAY = "how long a row must have happened before it counts";
    static final String TESTS = "what must hold of the feature table";

    private ViewKeys() {}
}
