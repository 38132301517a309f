package io.trainyard.jobs.demo;

/**
 * One payment by card.
 *
 * @param second seconds since the first day's midnight
 * @param amount in units of the currency, two decimals
 */
record Transaction(int customer, int terminal, int second, double amount, Attributes attributes, Scenario scenario) {

    static final int SECONDS_A_DAY = 86_400;

    int day() {
        return second / SECONDS_A_DAY;
    }

    /** Unique, since a card pays once a second at most, and ascending in time. */
    long id(int customers) {
        return (long) second * customers + customer;
    }
}
