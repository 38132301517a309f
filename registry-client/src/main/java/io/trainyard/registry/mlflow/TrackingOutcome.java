package io.trainyard.registry.mlflow;

/**
 * How much of a study has reached MLflow.
 *
 * @param sent updates that are there, the end of the study among them
 * @param notSent updates that are not
 */
public record TrackingOutcome(long sent, long notSent) {
    /** One line for people. */
    public String text() {
        return notSent == 0
                ? "MLflow has all %d updates of the study".formatted(sent)
                : "MLflow has %d updates of the study; %d were not sent".formatted(sent, notSent);
    }
}
