package io.trainyard.jobs.demo;

import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The published process: what a customer does on the map depends on the settings and the customer alone. */
final class Simulation {

    private static final double LARGE_AMOUNT = 220;
    private static final double LEAKED_CARD_SHARE = 1.0 / 3;
    private static final double LEAKED_CARD_FACTOR = 5;

    private final DemoSettings settings;
    private final TerminalMap map;
    private final Compromises terminals;
    private final Compromises customers;

    Simulation(DemoSettings settings) {
        this.settings = settings;
        map = new TerminalMap(settings);
        terminals = Compromises.ofTerminals(settings);
        customers = Compromises.ofCustomers(settings);
    }

    /** All transactions of a customer in order of time; none when no terminal is within reach. */
    Stream<Transaction> transactionsOf(int customer) {
        RandomGenerator random = RandomStream.CUSTOMER.of(settings.seed(), customer);
        Profile profile = Profile.drawn(customer, random, map);
        if (profile.terminals.length == 0) {
            return Stream.empty();
        }
        return IntStream.range(0, settings.days())
                .boxed()
                .flatMap(day ->
                        secondsOf(day, profile, random).map(second -> transaction(profile, day, second, random)));
    }

    /** The times of a day's payments. What the normal distribution puts outside of the day does not take place. */
    private static Stream<Integer> secondsOf(int day, Profile profile, RandomGenerator random) {
        TreeSet<Integer> seconds = new TreeSet<>();
        int count = poisson(profile.dailyTransactions, random);
        for (int draw = 0; draw < count; draw++) {
            int second = (int) (Transaction.SECONDS_A_DAY / 2.0 + 20_000 * random.nextGaussian());
            if (second > 0 && second < Transaction.SECONDS_A_DAY) {
                seconds.add(day * Transaction.SECONDS_A_DAY + second);
            }
        }
        return seconds.stream();
    }

    private Transaction transaction(Profile profile, int day, int second, RandomGenerator random) {
        int terminal = profile.terminals[random.nextInt(profile.terminals.length)];
        double usual = profile.amount(random);
        boolean leaked = random.nextDouble() < LEAKED_CARD_SHARE && customers.include(profile.customer, day);
        double amount = Math.round(100 * (leaked ? LEAKED_CARD_FACTOR * usual : usual)) / 100.0;
        Scenario scenario = scenario(leaked, terminals.include(terminal, day), amount);
        Attributes attributes = Attributes.drawn(random, scenario.fraud(), profile.cardType);
        return new Transaction(profile.customer, terminal, second, amount, attributes, scenario);
    }

    private static Scenario scenario(boolean leaked, boolean terminalCompromised, double amount) {
        if (leaked) {
            return Scenario.LEAKED_CARD;
        }
        if (terminalCompromised) {
            return Scenario.COMPROMISED_TERMINAL;
        }
        return amount > LARGE_AMOUNT ? Scenario.LARGE_AMOUNT : Scenario.GENUINE;
    }

    /** Knuth's multiplication of uniform numbers, good for the small means here. */
    private static int poisson(double mean, RandomGenerator random) {
        double limit = StrictMath.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    /** What stays the same about a customer. */
    @SuppressWarnings("ArrayRecordComponent") // Private and never compared.
    private record Profile(
            int customer, double meanAmount, double dailyTransactions, int[] terminals, String cardType) {

        static Profile drawn(int customer, RandomGenerator random, TerminalMap map) {
            int[] near = map.near(random.nextDouble(TerminalMap.SIDE), random.nextDouble(TerminalMap.SIDE));
            double meanAmount = random.nextDouble(5, 100);
            return new Profile(
                    customer, meanAmount, random.nextDouble(4), near, Attributes.cardTypeOf(random, meanAmount));
        }

        double amount(RandomGenerator random) {
            double normal = meanAmount + meanAmount / 2 * random.nextGaussian();
            return normal < 0 ? random.nextDouble(2 * meanAmount) : normal;
        }
    }
}
