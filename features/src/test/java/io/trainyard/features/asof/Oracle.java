package io.trainyard.features.asof;

import io.trainyard.features.asof.Cases.Example;
import io.trainyard.features.asof.Cases.Happening;
import io.trainyard.features.asof.Cases.Label;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the join must give, by looking at every event for every example, as the contract reads. */
final class Oracle {

    private static final long SECOND = 1_000_000;
    private static final Comparator<String> TEXT = Comparator.nullsFirst((left, right) ->
            Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8)));
    private static final Comparator<Double> NUMBER = Comparator.nullsFirst(Double::compare);

    private final Map<Integer, List<Happening>> happenings;
    private final Map<Integer, List<Label>> labels;

    Oracle(Cases cases) {
        happenings = cases.happenings().stream().collect(Collectors.groupingBy(Happening::caseNumber));
        labels = cases.labels().stream().collect(Collectors.groupingBy(Label::caseNumber));
    }

    /** When a value of a row is known. */
    private interface Known extends Function<Happening, Long> {}

    private static final Known AT_EVENT = Happening::time;
    private static final Known LATER = Happening::numberKnown;

    Map<String, Object> features(Example example) {
        List<Happening> ofEntity = new ArrayList<>();
        List<Label> ofStatic = new ArrayList<>();
        if (example.caseNumber() != null && example.left() != null) {
            int number = example.caseNumber().intValue();
            labels.getOrDefault(number, List.of()).stream()
                    .filter(label -> example.left().equals(label.left()))
                    .forEach(ofStatic::add);
            happenings.getOrDefault(number, List.of()).stream()
                    .filter(row -> example.left().equals(row.left()))
                    .filter(row -> example.right() != null && example.right().equals(row.right()))
                    .forEach(ofEntity::add);
        }
        Map<String, Object> features = new HashMap<>();
        newest(example, ofEntity, features);
        aged(example, ofEntity, features);
        windows(example, ofEntity, features);
        fixed(ofStatic, features);
        return features;
    }

    /** View {@code newest}: no delay, any age, all known at the event. */
    private static void newest(Example example, List<Happening> rows, Map<String, Object> features) {
        Happening newest = visible(example, rows, 0, AT_EVENT).stream()
                .max(moment(0, AT_EVENT).thenComparing(Happening::text, TEXT).thenComparing(Happening::number, NUMBER))
                .orElse(null);
        features.put("newest_text", newest == null ? null : newest.text());
        features.put("newest_number", newest == null ? null : newest.number());
        features.put("newest_known", newest == null ? null : Cases.timestamp(newest.numberKnown()));
    }

    /** View {@code aged}: a delay of 1 s, at most 6 s old, the number known later. */
    private static void aged(Example example, List<Happening> rows, Map<String, Object> features) {
        features.put("aged_text", null);
        features.put("aged_number", null);
        visible(example, rows, SECOND, AT_EVENT).stream()
                .max(moment(SECOND, AT_EVENT).thenComparing(Happening::text, TEXT))
                .filter(row -> example.time() - row.time() <= 6 * SECOND)
                .ifPresent(row -> features.put("aged_text", row.text()));
        visible(example, rows, SECOND, LATER).stream()
                .max(moment(SECOND, LATER).thenComparing(Happening::number, NUMBER))
                .filter(row -> example.time() - row.time() <= 6 * SECOND)
                .ifPresent(row -> features.put("aged_number", row.number()));
    }

    /** View {@code window}: a delay of 2 s, 3 s and 10 s long; what is made of the number is known later, all else at the event. */
    private static void windows(Example example, List<Happening> rows, Map<String, Object> features) {
        for (int length : new int[] {3, 10}) {
            List<Happening> known = window(example, rows, length, AT_EVENT);
            List<Happening> later = window(example, rows, length, LATER);
            List<Double> numbers = later.stream()
                    .map(Happening::number)
                    .filter(number -> number != null)
                    .toList();
            List<String> texts = known.stream()
                    .map(Happening::text)
                    .filter(text -> text != null)
                    .toList();
            Map<String, Object> values = new HashMap<>();
            values.put("rows", (long) known.size());
            values.put("count", (long) numbers.size());
            values.put("texts", texts.stream().distinct().count());
            values.put(
                    "numbers",
                    numbers.stream().map(number -> number + 0.0).distinct().count());
            values.put("sum", numbers.isEmpty() ? null : sum(numbers));
            values.put("mean", numbers.isEmpty() ? null : sum(numbers) / numbers.size());
            values.put("spread", numbers.size() < 2 ? null : spread(numbers));
            values.put("least", numbers.stream().min(NUMBER).orElse(null));
            values.put("most", numbers.stream().max(NUMBER).orElse(null));
            values.put("least_text", texts.stream().min(TEXT).orElse(null));
            Comparator<Happening> byText = moment(2 * SECOND, AT_EVENT).thenComparing(Happening::text, TEXT);
            Comparator<Happening> byNumber = moment(2 * SECOND, LATER).thenComparing(Happening::number, NUMBER);
            values.put(
                    "first_text",
                    known.stream().min(byText).map(Happening::text).orElse(null));
            values.put(
                    "last_text", known.stream().max(byText).map(Happening::text).orElse(null));
            values.put(
                    "first_number",
                    later.stream().min(byNumber).map(Happening::number).orElse(null));
            values.put(
                    "last_number",
                    later.stream().max(byNumber).map(Happening::number).orElse(null));
            values.put(
                    "since",
                    known.stream()
                            .max(byText)
                            .map(row -> (example.time() - row.time()) / 1e6)
                            .orElse(null));
            values.forEach((name, value) -> features.put("window_%s_%ds".formatted(name, length), value));
        }
    }

    /** View {@code fixed}: without a time, over part of the key. */
    private static void fixed(List<Label> labels, Map<String, Object> features) {
        Label greatest = labels.stream()
                .max(Comparator.comparing(Label::label, TEXT).thenComparing(Label::rank, NUMBER))
                .orElse(null);
        features.put("fixed_label", greatest == null ? null : greatest.label());
        features.put("fixed_rank", greatest == null ? null : greatest.rank());
    }

    private static List<Happening> window(Example example, List<Happening> rows, int length, Known known) {
        return visible(example, rows, 2 * SECOND, known).stream()
                .filter(row -> row.time() > example.time() - 2 * SECOND - length * SECOND)
                .toList();
    }

    private static List<Happening> visible(Example example, List<Happening> rows, long delay, Known known) {
        return rows.stream()
                .filter(row -> example.time() != null && row.time() != null && known.apply(row) != null)
                .filter(row -> row.time() <= example.time() - delay && known.apply(row) <= example.time())
                .toList();
    }

    private static Comparator<Happening> moment(long delay, Known known) {
        return Comparator.comparing(Happening::time)
                .thenComparing(row -> Math.max(row.time() + delay, known.apply(row)));
    }

    private static double sum(List<Double> numbers) {
        double naive =
                numbers.stream().filter(number -> !Double.isFinite(number)).reduce(0.0, Double::sum);
        return naive != 0 || Double.isNaN(naive)
                ? naive
                : numbers.stream()
                        .map(BigDecimal::new)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .doubleValue();
    }

    private static double spread(List<Double> numbers) {
        if (!numbers.stream().allMatch(Double::isFinite)) {
            return Double.NaN;
        }
        BigDecimal count = BigDecimal.valueOf(numbers.size());
        BigDecimal sum = numbers.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal squares =
                numbers.stream().map(number -> new BigDecimal(number).pow(2)).reduce(BigDecimal.ZERO, BigDecimal::add);
        MathContext digits = new MathContext(60);
        return count.multiply(squares)
                .subtract(sum.pow(2))
                .divide(count.multiply(count.subtract(BigDecimal.ONE)), digits)
                .sqrt(digits)
                .doubleValue();
    }
}
