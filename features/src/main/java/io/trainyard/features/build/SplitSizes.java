package io.trainyard.features.build;

/** How many rows each part of a split has; the parts of the final fit overlap those of the search. */
public record SplitSizes(long searchTrain, long searchValidation, long finalTrain, long finalTest) {

    /** Whether every part has rows. */
    boolean complete() {
        return searchTrain > 0 && searchValidation > 0 && finalTrain > 0 && finalTest > 0;
    }

    @Override
    public String toString() {
        return "%d rows train and %d validate in the search, %d train and %d test in the final fit"
                .formatted(searchTrain, searchValidation, finalTrain, finalTest);
    }
}
