package io.trainyard.tuning.placement;

/**
 * Lets trials into one fold at a time. Since trials come to the folds in the same order, they go through them in waves, and executors
 * load each fold's matrices once a wave.
 */
final class FoldGate {
    private int open;
    private int inside;

    /** Waits until nobody is in another fold. */
    synchronized void enter(int fold) throws InterruptedException {
        while (fold != open && inside > 0) {
            wait();
        }
        open = fold;
        inside++;
    }

    synchronized void leave() {
        inside--;
        if (inside == 0) {
            notifyAll();
        }
    }
}
