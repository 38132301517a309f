package io.trainyard.jobs.demo;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * How much data to simulate. Equal settings make equal data.
 *
 * @param customers how many there are; each makes two transactions a day on average
 * @param terminals how many there are
 * @param radius how far a customer goes to a terminal, on a map of 100 by 100
 * @param start first day, in UTC
 * @param days days in all
 * @param newDays how many of the last days are written without a label, as rows to score
 * @param seed of all that is random
 */
public record DemoSettings(
        int customers, int terminals, double radius, LocalDate start, int days, int newDays, long seed)
        implements Serializable {

    private static final int PUBLISHED_CUSTOMERS = 5_000;
    private static final int PUBLISHED_TERMINALS = 10_000;
    private static final double PUBLISHED_RADIUS = 5;

    /** Seconds since the start are counted in 31 bits. */
    private static final int MOST_DAYS = Integer.MAX_VALUE / Transaction.SECONDS_A_DAY;

    public DemoSettings {
        requireAtLeast(1, customers, "customers");
        requireAtLeast(1, terminals, "terminals");
        requireAtLeast(1, days, "days");
        if (days > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "Cannot simulate %d days: there may be at most %d".formatted(days, MOST_DAYS));
        }
        requireAtLeast(0, newDays, "new days");
        if (newDays >= days) {
            throw new IllegalArgumentException(
                    "Cannot simulate %d days of which %d are new: at least one must be labelled"
                            .formatted(days, newDays));
        }
        if (!(radius > 0)) {
            throw new IllegalArgumentException("Cannot simulate a radius of %s: it must be above 0".formatted(radius));
        }
    }

    /** The handbook's size: 5,000 customers, 10,000 terminals, 183 days from 2018-04-01, about 1.75 million rows. */
    public static DemoSettings published(long seed) {
        return ofSize(PUBLISHED_CUSTOMERS, 183, seed);
    }

    /**
     * Another size in the handbook's proportions: two terminals a customer, and as many of them within reach. The last
     * seven days, or a quarter if that is less, are new.
     */
    public static DemoSettings ofSize(int customers, int days, long seed) {
        double radius = PUBLISHED_RADIUS * Math.sqrt((double) PUBLISHED_CUSTOMERS / customers);
        return new DemoSettings(
                customers, 2 * customers, radius, LocalDate.of(2018, 4, 1), days, Math.min(7, days / 4), seed);
    }

    int labelledDays() {
        return days - newDays;
    }

    /** Terminals newly compromised on a day: the handbook's 2 of its 10,000. */
    double terminalsCompromisedDaily() {
        return 2.0 * terminals / PUBLISHED_TERMINALS;
    }

    /** Customers newly compromised on a day: the handbook's 3 of its 5,000. */
    double customersCompromisedDaily() {
        return 3.0 * customers / PUBLISHED_CUSTOMERS;
    }

    private static void requireAtLeast(int least, int value, String what) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "Cannot simulate %d %s: there must be at least %d".formatted(value, what, least));
        }
    }
}
