package io.trainyard.jobs.demo;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What else is known of a transaction when it is made. The handbook's data have no such columns; they are our addition,
 * because tables of users have them, with text and with gaps. They are only weakly related to fraud: frauds are online
 * twice as often and abroad three times as often. The card type says something about the customer's spending.
 *
 * @param channel {@code chip}, {@code contactless} or {@code online}; missing in 3 % of the rows
 * @param country the merchant's, {@code BE} in most rows; missing in 1 %
 * @param cardType {@code debit}, {@code credit} or {@code prepaid}; missing in 2 %
 */
record Attributes(Optional<String> channel, Optional<String> country, Optional<String> cardType) {

    private static final String[] ABROAD = {"FR", "NL", "DE", "GB", "US", "LU"};

    /** Draws the same number of values whatever it returns, so that a customer's stream stays in step. */
    static Attributes drawn(RandomGenerator random, boolean fraud, String cardType) {
        String channel = channel(random.nextDouble(), fraud ? 0.30 : 0.15);
        boolean abroad = random.nextDouble() < (fraud ? 0.15 : 0.05);
        String foreign = ABROAD[random.nextInt(ABROAD.length)];
        return new Attributes(
                present(random, 0.03, channel),
                present(random, 0.01, abroad ? foreign : "BE"),
                present(random, 0.02, cardType));
    }

    /** The more a customer spends, the likelier the card is a credit card. */
    static String cardTypeOf(RandomGenerator random, double meanAmount) {
        if (random.nextDouble() < 0.1) {
            return "prepaid";
        }
        return random.nextDouble() < meanAmount / 200 ? "credit" : "debit";
    }

    private static String channel(double draw, double online) {
        if (draw < online) {
            return "online";
        }
        return draw < online + (1 - online) * 0.4 ? "contactless" : "chip";
    }

    private static Optional<String> present(RandomGenerator random, double missing, String value) {
        return random.nextDouble() < missing ? Optional.empty() : Optional.of(value);
    }
}
