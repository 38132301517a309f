package io.trainyard.registry.scoring;

/** What is wrong with a model file, and where in it; whoever knows the bundle says which. */
final class ModelFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ModelFileException(String problem) {
        super(problem);
    }
}
