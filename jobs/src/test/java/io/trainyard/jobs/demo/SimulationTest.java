package io.trainyard.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final DemoSettings SETTINGS = DemoSettings.ofSize(1000, 120, 42);
    private static final List<Transaction> ALL = transactions(SETTINGS);

    @Test
    void customerMakesTwoTransactionsADay() {
        double perDay = (double) ALL.size() / SETTINGS.customers() / SETTINGS.days();

        assertThat(perDay).isCloseTo(2 * 0.97, within(0.1));
    }

    @Test
    void sharesOfFraudAreThePublishedOnes() {
        assertThat(share(one -> one.scenario().fraud())).isBetween(0.007, 0.011);
        assertThat(share(one -> one.scenario() == Scenario.LARGE_AMOUNT)).isBetween(0.0003, 0.001);
        assertThat(share(one -> one.scenario() == Scenario.COMPROMISED_TERMINAL))
                .isBetween(0.003, 0.007);
        assertThat(share(one -> one.scenario() == Scenario.LEAKED_CARD)).isBetween(0.0015, 0.004);
    }

    @Test
    void largeAmountIsAlwaysFraud() {
        assertThat(ALL)
                .filteredOn(one -> one.amount() > 220)
                .isNotEmpty()
                .allMatch(one -> one.scenario().fraud());
    }

    @Test
    void compromisedTerminalCheatsForFourWeeks() {
        Compromises terminals = Compromises.ofTerminals(SETTINGS);

        assertThat(ALL)
                .filteredOn(one -> terminals.include(one.terminal(), one.day()))
                .isNotEmpty()
                .allMatch(one -> one.scenario().fraud());
        assertThat(runs(terminals, SETTINGS.terminals())).isNotEmpty().allMatch(days -> days >= 28);
    }

    @Test
    void aThirdOfALeakedCardsTransactionsAreFraudForTwoWeeks() {
        Compromises customers = Compromises.ofCustomers(SETTINGS);
        List<Transaction> ofLeaked = ALL.stream()
                .filter(one -> customers.include(one.customer(), one.day()))
                .toList();
        long frauds = ofLeaked.stream()
                .filter(one -> one.scenario() == Scenario.LEAKED_CARD)
                .count();

        assertThat((double) frauds / ofLeaked.size()).isCloseTo(1.0 / 3, within(0.05));
        assertThat(runs(customers, SETTINGS.customers())).isNotEmpty().allMatch(days -> days >= 14);
    }

    @Test
    void identifiersAreUniqueAndAscendInTime() {
        List<Long> byTime = ALL.stream()
                .sorted((a, b) -> Integer.compare(a.second(), b.second()))
                .map(one -> one.id(SETTINGS.customers()))
                .toList();

        assertThat(byTime).doesNotHaveDuplicates();
        assertThat(byTime.stream().map(id -> id / SETTINGS.customers())).isSorted();
    }

    @Test
    void longerSimulationBeginsAlike() {
        DemoSettings longer = DemoSettings.ofSize(1000, 150, 42);

        assertThat(transactions(longer).stream().filter(one -> one.day() < 120)).containsExactlyElementsOf(ALL);
    }

    @Test
    void anotherSeedIsOtherData() {
        assertThat(transactions(DemoSettings.ofSize(10, 5, 1)))
                .isNotEqualTo(transactions(DemoSettings.ofSize(10, 5, 2)));
    }

    @Test
    void attributesHaveGapsAndAreWeaklyRelatedToFraud() {
        assertThat(share(one -> one.attributes().channel().isEmpty())).isCloseTo(0.03, within(0.003));
        assertThat(share(one -> one.attributes().country().isEmpty())).isCloseTo(0.01, within(0.002));
        assertThat(share(one -> one.attributes().cardType().isEmpty())).isCloseTo(0.02, within(0.003));
        assertThat(onlineShare(true) / onlineShare(false)).isCloseTo(2, within(0.4));
    }

    @Test
    void nearbyTerminalsAreAllOfThem() {
        DemoSettings settings = new DemoSettings(1, 2000, 7.3, LocalDate.EPOCH, 1, 0, 5);
        TerminalMap map = new TerminalMap(settings);
        RandomGenerator places = RandomStream.TERMINAL_PLACES.of(5, 0);
        int[] expected = IntStream.range(0, 2000)
                .filter(terminal -> Math.hypot(places.nextDouble(100) - 3, places.nextDouble(100) - 60) < 7.3)
                .toArray();

        assertThat(map.near(3, 60)).isNotEmpty().isEqualTo(expected);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> DemoSettings.ofSize(0, 10, 1))
                .hasMessage("Cannot simulate 0 customers: there must be at least 1");
        assertThatThrownBy(() -> DemoSettings.ofSize(1, 30_000, 1))
                .hasMessage("Cannot simulate 30000 days: there may be at most 24855");
        assertThatThrownBy(() -> new DemoSettings(1, 1, 5, LocalDate.EPOCH, 7, 7, 1))
                .hasMessage("Cannot simulate 7 days of which 7 are new: at least one must be labelled");
        assertThatThrownBy(() -> new DemoSettings(1, 1, 0, LocalDate.EPOCH, 7, 1, 1))
                .hasMessage("Cannot simulate a radius of 0.0: it must be above 0");
    }

    private static List<Transaction> transactions(DemoSettings settings) {
        Simulation simulation = new Simulation(settings);
        return IntStream.range(0, settings.customers())
                .boxed()
                .flatMap(simulation::transactionsOf)
                .toList();
    }

    private static double share(Predicate<Transaction> condition) {
        return (double) ALL.stream().filter(condition).count() / ALL.size();
    }

    private static double onlineShare(boolean fraud) {
        return ALL.stream()
                .filter(one -> one.scenario().fraud() == fraud)
                .map(one -> one.attributes().channel().orElse(""))
                .mapToInt(channel -> channel.equals("online") ? 1 : 0)
                .average()
                .orElseThrow();
    }

    /** Lengths in days of the first stay of each who was compromised early enough for it to end. */
    private static List<Integer> runs(Compromises compromises, int all) {
        return IntStream.range(0, all)
                .mapToObj(who ->
                        IntStream.range(0, 60).filter(day -> compromises.include(who, day)).findFirst().stream()
                                .map(first -> (int) IntStream.range(first, SETTINGS.days())
                                        .takeWhile(day -> compromises.include(who, day))
                                        .count())
                                .boxed())
                .flatMap(stream -> stream)
                .toList();
    }
}
