package io.trainyard.jobs.demo;

/** Why a transaction is a fraud; a later constant goes before an earlier one. */
enum Scenario {
    GENUINE,
    /** The amount is above 220: so plain that any model must find it. */
    LARGE_AMOUNT,
    /** The terminal was compromised in the last 28 days: found by the terminal's share of frauds. */
    COMPROMISED_TERMINAL,
    /** The card's data leaked in the last 14 days: a third of the transactions are frauds of five times the amount. */
    LEAKED_CARD;

    boolean fraud() {
        return this != GENUINE;
    }
}
