package io.trainyard.tuning.placement;

import java.util.concurrent.Semaphore;

/**
 * The slots of a cluster on which some trials need several at the same moment. Spark starts the tasks of such a trial together or not at
 * all, so whoever runs beside it must have left them free; first come, first served. As long as no trial is of that kind, nobody waits.
 */
public final class SlotBooking {
    private final int slots;
    private final Semaphore free;
    private volatile boolean needed;

    /** @param slots that the cluster has */
    public SlotBooking(int slots) {
        this.slots = slots;
        this.free = new Semaphore(slots, true);
    }

    /** What is done while slots are booked. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws E, InterruptedException;
    }

    /** Some trials need several slots at the same moment; to be said before any trial runs. */
    void need() {
        needed = true;
    }

    /** Waits until so many slots are free, and has them until the work is done. */
    <T, E extends Exception> T on(int wanted, Work<T, E> work) throws E, InterruptedException {
        if (!needed) {
            return work.run();
        }
        free.acquire(wanted);
        try {
            return work.run();
        } finally {
            free.release(wanted);
        }
    }

    /** Waits until all slots are free: for Spark jobs whose tasks take whatever there is. */
    <T, E extends Exception> T onAll(Work<T, E> work) throws E, InterruptedException {
        return on(slots, work);
    }
}
