package io.trainyard.jobs.demo;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Who is compromised on which days: on each day some are drawn, and stay so for a number of days. Who is drawn on a day
 * depends on the seed and that day alone.
 */
final class Compromises {

    private static final int TERMINAL_DAYS = 28;
    private static final int CUSTOMER_DAYS = 14;

    private final Map<Integer, BitSet> days = new HashMap<>();

    private Compromises() {}

    static Compromises ofTerminals(DemoSettings settings) {
        return drawn(
                settings,
                RandomStream.TERMINALS_COMPROMISED,
                settings.terminals(),
                settings.terminalsCompromisedDaily(),
                TERMINAL_DAYS);
    }

    static Compromises ofCustomers(DemoSettings settings) {
        return drawn(
                settings,
                RandomStream.CUSTOMERS_COMPROMISED,
                settings.customers(),
                settings.customersCompromisedDaily(),
                CUSTOMER_DAYS);
    }

    boolean include(int who, int day) {
        BitSet found = days.get(who);
        return found != null && found.get(day);
    }

    private static Compromises drawn(DemoSettings settings, RandomStream stream, int all, double daily, int length) {
        Compromises compromises = new Compromises();
        for (int day = 0; day < settings.days(); day++) {
            RandomGenerator random = stream.of(settings.seed(), day);
            int count = (int) (daily + random.nextDouble());
            for (int draw = 0; draw < count; draw++) {
                compromises
                        .days
                        .computeIfAbsent(random.nextInt(all), who -> new BitSet())
                        .set(day, day + length);
            }
        }
        return compromises;
    }
}
