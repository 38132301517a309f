package io.trainyard.jobs.run;

/** Where a pipeline keeps what it makes, below one root on any storage. */
record Warehouse(String root) {
    Warehouse {
        root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    }

    /** Training sets, one table each. */
    String trainingSets() {
        return root + "/training";
    }

    /** Feature tables, one a view. */
    String features() {
        return root + "/features";
    }

    /** Features of all entities as of a moment, one table a view. */
    String materialized() {
        return root + "/materialized";
    }

    /** Rows that failed a test. */
    String quarantine() {
        return root + "/quarantine";
    }

    /** Encoded training sets, one folder a fingerprint. */
    String matrices() {
        return root + "/matrices";
    }

    /** Journals of studies, one folder each. */
    String study(String name) {
        return root + "/studies/" + name;
    }

    /** All studies. */
    String studies() {
        return root + "/studies";
    }

    /** Trials between two steps, one folder a study; gone when it has ended. */
    String checkpoints() {
        return root + "/checkpoints";
    }

    String registry() {
        return root + "/registry";
    }

    /** What the monitor saw: one table for all models. */
    String monitoring() {
        return root + "/monitoring/windows";
    }

    /** What the monitor saw of the sources behind features: one table for all pipelines. */
    String inputs() {
        return root + "/monitoring/inputs";
    }

    /** What was decided about training a pipeline's model again. */
    String decisions(String pipeline) {
        return root + "/monitoring/decisions/" + pipeline;
    }

    /** Alerts that have arrived. */
    String toldAlerts() {
        return root + "/monitoring/alerts";
    }

    /** Pages of the monitor, one a model. */
    String monitorPage(String model) {
        return root + "/monitoring/" + model + ".html";
    }

    /** Spark ML models on their way into a bundle, and out of it. */
    String staging() {
        return root + "/.staging";
    }

    /** The name of one of its tables, from which {@link #table} makes the path again. */
    String below(String path) {
        return path.substring(root.length() + 1);
    }

    /** A table of predictions. */
    String table(String name) {
        return root + "/" + name;
    }
}
