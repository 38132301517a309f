package io.trainyard.jobs.config.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordBinderTest {
    private enum Colour {
        RED,
        DARK_BLUE
    }

    private record Scalars(
            @Description("d") String text,
            @Description("d") boolean flag,
            @Description("d") int count,
            @Description("d") long seed,
            @Description("d") double share,
            @Description("d") Colour colour,
            @Description("d") Duration timeout,
            @Description("d") TemporalAmount window,
            @Description("d") Instant since,
            @Description("d") ZoneId zone,
            @Description("d") DataPath path) {}

    private record Nested(
            @Description("d") List<Inner> items,
            @Description("d") Map<String, Integer> counts,
            @Description("d") Optional<Inner> maybe,
            @Description("d") @Default("{size: 3}") Inner usual) {}

    private record Inner(@Description("how large") int size) implements Checked {
        @Override
        public List<Flaw> flaws() {
            return size == 13 ? List.of(new Flaw("size", "is unlucky")) : List.of();
        }
    }

    @ChosenBy("kind")
    @ShortForm(scalar = "kind")
    private sealed interface Figure {
        @Variant("circle")
        record Circle(@Description("d") @Default("1") double radius) implements Figure {}

        @Variant("square")
        record Square(@Description("d") double side) implements Figure {}
    }

    private record Bounded(
            @Description("d") @Range(min = -1, max = 2) double value) {}

    private record Renamed(
            @Description("d") @Key("else") String orElse,
            @Description("d") @LoneKey("*") Map<String, String> knownAt) {}

    private record Undescribed(int size) {}

    private final Findings findings = new Findings();

    @Test
    void scalarsBecomeTheTypesOfTheComponents() {
        Optional<Scalars> bound = bind("""
                text: 007
                flag: true
                count: -40
                seed: 9000000000
                share: 2.5e-1
                colour: dark_blue
                timeout: 20 minutes
                window: 2 weeks
                since: 2018-08-08 06:30
                zone: Europe/Berlin
                path: a/../b
                """, Scalars.class);

        assertThat(findings.problems()).isEmpty();
        assertThat(bound)
                .contains(new Scalars(
                        "007",
                        true,
                        -40,
                        9_000_000_000L,
                        0.25,
                        Colour.DARK_BLUE,
                        Duration.ofMinutes(20),
                        Period.ofDays(14),
                        Instant.parse("2018-08-08T04:30:00Z"),
                        ZoneId.of("Europe/Berlin"),
                        new DataPath("/pipelines/b", true)));
    }

    @Test
    void eachScalarSaysWhatItExpectedAndFound() {
        bind("""
                text: [a]
                flag: on
                count: 3000000000
                seed: 010
                share: .e1
                colour: dark blue
                timeout: soon
                window: 7
                since: 8.8.2018
                zone: CEST
                path: ''
                """, Scalars.class);

        assertThat(findings.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "expected a text, found a list",
                        "expected true or false, found 'on'",
                        "expected a whole number such as 40, found '3000000000'",
                        "expected a whole number such as 40, found '010'",
                        "expected a number such as 0.2, found '.e1'",
                        "expected one of red, dark_blue, found 'dark blue' (did you mean 'dark_blue'?)",
                        "expected a duration such as 7 days, 20 minutes or 90 s, found 'soon'",
                        "expected a duration such as 7 days, 20 minutes or 90 s, found '7'",
                        "expected a date or time such as 2018-08-08 or 2018-08-08 06:30, found '8.8.2018'",
                        "expected a time zone such as UTC or Europe/Berlin, found 'CEST'",
                        "expected a path or URI, found '' in quotes");
    }

    @Test
    void listsMapsOptionalsAndDefaultsAreFilled() {
        Optional<Nested> bound = bind("{items: {size: 1}, counts: {z: 1, a: 2}}", Nested.class);

        assertThat(bound)
                .contains(new Nested(List.of(new Inner(1)), Map.of("z", 1, "a", 2), Optional.empty(), new Inner(3)));
        assertThat(bound.orElseThrow().counts()).containsExactly(Map.entry("z", 1), Map.entry("a", 2));
    }

    @Test
    void aComponentMayHaveAKeyThatJavaReserves() {
        assertThat(bind("{else: warn, known_at: {a: b}}", Renamed.class))
                .contains(new Renamed("warn", Map.of("a", "b")));
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void aLoneTextMayStandForAMap() {
        assertThat(bind("{else: warn, known_at: b}", Renamed.class)).contains(new Renamed("warn", Map.of("*", "b")));

        bind("{else: warn, known_at: [b]}", Renamed.class);

        assertThat(findings.problems())
                .containsExactly(new Problem(1, "known_at", "expected a text, or a mapping of keys, found a list"));
    }

    @Test
    void problemsInsideListsAndMapsNameTheirPlace() {
        Optional<Nested> bound = bind("""
                items:
                  - size: 1
                  - size: x
                  - siz: 2
                counts:
                  a: 1
                  b: many
                maybe: {size: 13}
                """, Nested.class);

        assertThat(bound).isEmpty();
        assertThat(findings.problems())
                .containsExactly(
                        new Problem(3, "items[1].size", "expected a whole number such as 40, found 'x'"),
                        new Problem(4, "items[2].siz", "unknown key (did you mean 'size'?)"),
                        new Problem(7, "counts.b", "expected a whole number such as 40, found 'many'"),
                        new Problem(8, "maybe.size", "is unlucky"));
    }

    @Test
    void aMissingKeyIsDescribed() {
        bind("{items: [{}], counts: {}}", Nested.class);

        assertThat(findings.problems())
                .containsExactly(new Problem(1, "items[0]", "required key 'size' is missing: how large"));
    }

    @Test
    void aSealedInterfaceIsChosenByItsKey() {
        assertThat(bind("{kind: square, side: 2}", Figure.class)).contains(new Figure.Square(2));
        assertThat(bind("circle", Figure.class)).contains(new Figure.Circle(1));
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    void aKeyOfAnotherChoiceIsSaidToBelongThere() {
        bind("{kind: circle, side: 2}", Figure.class);

        assertThat(findings.problems())
                .containsExactly(new Problem(1, "side", "belongs to 'kind: square', not to 'kind: circle': remove it"));
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "2, true", "2.0001, false", "-1.0001, false"})
    void boundsAreInclusive(String value, boolean allowed) {
        assertThat(bind("{value: " + value + "}", Bounded.class).isPresent()).isEqualTo(allowed);
        assertThat(findings.problems().isEmpty()).isEqualTo(allowed);
    }

    @Test
    void whatCouldBeReadOfABrokenFileIsStillKnown() {
        bind("{items: [{size: 1}], counts: {a: x}, usual: {size: 5}}", Nested.class);

        assertThat(findings.value("usual.size", Integer.class)).contains(5);
        assertThat(findings.list("items", Inner.class)).containsExactly(new Inner(1));
        assertThat(findings.value("counts", Map.class)).isEmpty();
        assertThat(findings.keys("counts")).containsExactly("a");
    }

    @Test
    void aRecordWithoutDescriptionsIsAProgrammingError() {
        assertThatThrownBy(() -> bind("{size: 1}", Undescribed.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Undescribed.size lacks @Description");
    }

    private <T> Optional<T> bind(String yaml, Class<T> type) {
        Value value = YamlReader.file(yaml, findings).orElseThrow();
        return new RecordBinder(ZoneId.of("Europe/Berlin"), "/pipelines", findings).bind(value, type);
    }
}
