package io.trainyard.registry.scoring;

/** What is wrong with a model file, where in it, and what to do; whoever knows the bundle adds which. */
final class ModelFileException extends RuntimeException {
    /** The end of messages about what no XGBoost writes. */
    static final String DAMAGED = "; the file is damaged: register the model again";

    private static final long serialVersionUID = 1L;

    ModelFileException(String problem) {
        super(problem);
    }
}
