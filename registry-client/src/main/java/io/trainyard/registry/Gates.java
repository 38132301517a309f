package io.trainyard.registry;

import io.trainyard.registry.GateDecision.Verdict;
import io.trainyard.registry.GateEvidence.Contest;
import io.trainyard.registry.GateEvidence.Slice;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Decides whether a challenger may take over. Pure: evidence in, a decision with its reasons out. */
public final class Gates {
    /** How verdicts on slices begin the names of their gates; their evidence is the metric by slice. */
    public static final String SLICES = "slices ";

    private static final MathContext DIGITS = new MathContext(5);
    private static final int NAMED = 5;
    private static final double NANOS_OF_A_MILLISECOND = 1e6;

    private final GateEvidence evidence;

    private Gates(GateEvidence evidence) {
        this.evidence = evidence;
    }

    /**
     * Asks every gate, also after one has failed, so that the reasons are complete. A score of NaN passes no gate.
     *
     * @throws RegistryException when what a gate asks for was not measured
     */
    public static GateDecision decide(List<Gate> gates, GateEvidence evidence) {
        Gates asked = new Gates(evidence);
        return new GateDecision(gates.stream().map(asked::judge).toList());
    }

    private Verdict judge(Gate gate) {
        if (gate instanceof Gate.Min min) {
            Score score = measured(min.metric());
            return bound("min", score, min.value(), score.value() >= min.value(), "at least");
        }
        if (gate instanceof Gate.Max max) {
            Score score = measured(max.metric());
            return bound("max", score, max.value(), score.value() <= max.value(), "at most");
        }
        if (gate instanceof Gate.Comparison comparison) {
            return compare(comparison, required(evidence.contests().get(comparison), comparison));
        }
        if (gate instanceof Gate.Slices slices) {
            return slices(slices, required(evidence.slices().get(slices), slices));
        }
        if (gate instanceof Gate.Calibration calibration) {
            return limit(
                    "calibration",
                    "expected calibration error",
                    evidence.calibrationError().orElseThrow(() -> unmeasured(calibration)),
                    calibration.most(),
                    "");
        }
        if (gate instanceof Gate.Size size) {
            return limit("size", "bundle", (double) evidence.bytes(), (double) size.most(), " bytes");
        }
        Gate.Latency latency = (Gate.Latency) gate;
        Duration median = evidence.latency().orElseThrow(() -> unmeasured(latency));
        return limit("latency", "a row takes", milliseconds(median), milliseconds(latency.most()), " ms");
    }

    private static Verdict bound(String kind, Score score, double value, boolean passed, String words) {
        SortedMap<String, Double> numbers = new TreeMap<>(Map.of("value", score.value(), "limit", value));
        if (score.hasInterval()) {
            numbers.put("low", score.low());
            numbers.put("high", score.high());
        }
        return new Verdict(
                kind + " " + score.metric(), passed, "%s must be %s %s".formatted(text(score), words, value), numbers);
    }

    private static Verdict limit(String gate, String what, double value, double most, String unit) {
        return new Verdict(
                gate,
                value <= most,
                "%s %s%s must be at most %s%s".formatted(what, text(value), unit, text(most), unit),
                new TreeMap<>(Map.of("value", value, "limit", most)));
    }

    private static Verdict compare(Gate.Comparison gate, Contest contest) {
        boolean better = gate instanceof Gate.BetterThan;
        String name = "%s %s %s".formatted(better ? "better_than" : "not_worse_than", gate.alias(), gate.metric());
        if (contest instanceof Contest.Unopposed) {
            return new Verdict(name, true, "%s: no %s yet".formatted(gate.metric(), gate.alias()), new TreeMap<>());
        }
        if (contest instanceof Contest.Impossible impossible) {
            return new Verdict(name, false, impossible.why(), new TreeMap<>());
        }
        Contest.Measured measured = (Contest.Measured) contest;
        SortedMap<String, Double> numbers = new TreeMap<>(Map.of(
                "challenger", measured.challenger(),
                "incumbent", measured.held(),
                "gain", measured.gain(),
                "low", measured.low(),
                "high", measured.high(),
                "share", measured.share(),
                "rows", (double) measured.rows(),
                "margin", gate.margin(),
                "confidence", gate.confidence()));
        measured.seen().ifPresent(seen -> numbers.put("seen", (double) seen));
        return new Verdict(name, measured.share() >= gate.confidence(), reason(gate, measured, better), numbers);
    }

    private static String reason(Gate.Comparison gate, Contest.Measured measured, boolean better) {
        String condition =
                better ? "better by more than " + text(gate.margin()) : "not worse by more than " + text(gate.margin());
        return "%s %s beside %s of %s, version %d: %s (%s to %s) on %d rows%s; %s in %s %% of the resamples, asked %s %%"
                .formatted(
                        gate.metric(),
                        text(measured.challenger()),
                        text(measured.held()),
                        gate.alias(),
                        measured.incumbent(),
                        text(measured.gain()),
                        text(measured.low()),
                        text(measured.high()),
                        measured.rows(),
                        seen(measured),
                        condition,
                        text(100 * measured.share()),
                        text(100 * gate.confidence()));
    }

    private static String seen(Contest.Measured measured) {
        if (measured.seen().isEmpty()) {
            return ", some of which it may have learnt from, since its training set is gone";
        }
        long seen = measured.seen().getAsLong();
        return seen == 0 ? "" : ", without %d that it has learnt from".formatted(seen);
    }

    private static Verdict slices(Gate.Slices gate, List<Slice> slices) {
        List<Slice> failed = slices.stream()
                .filter(slice -> surelyBeyond(gate, slice.score()))
                .toList();
        SortedMap<String, Double> numbers = new TreeMap<>();
        slices.forEach(slice -> numbers.put(slice.value(), slice.score().value()));
        String limit = "%s %s".formatted(gate.higherIsBetter() ? "at least" : "at most", text(gate.worst()));
        String name = SLICES + "%s %s".formatted(gate.feature(), gate.metric());
        if (failed.isEmpty()) {
            return new Verdict(
                    name,
                    true,
                    "none of %d slices by '%s' surely misses %s of %s"
                            .formatted(slices.size(), gate.feature(), gate.metric(), limit),
                    numbers);
        }
        String named = failed.stream()
                .limit(NAMED)
                .map(slice -> "'%s': %s on %d rows".formatted(slice.value(), text(slice.score()), slice.rows()))
                .collect(Collectors.joining(", "));
        return new Verdict(
                name,
                false,
                "%d of %d slices by '%s' surely miss %s of %s: %s"
                        .formatted(failed.size(), slices.size(), gate.feature(), gate.metric(), limit, named),
                numbers);
    }

    /** A slice on which the metric is not defined says nothing; one without an interval says what its value says. */
    private static boolean surelyBeyond(Gate.Slices gate, Score score) {
        double low = score.hasInterval() ? score.low() : score.value();
        double high = score.hasInterval() ? score.high() : score.value();
        return gate.higherIsBetter() ? high < gate.worst() : low > gate.worst();
    }

    private Score measured(String metric) {
        return evidence.scores().stream()
                .filter(score -> score.metric().equals(metric))
                .findFirst()
                .orElseThrow(() ->
                        new RegistryException("Cannot decide on promotion: metric '%s' was not measured; use one of %s"
                                .formatted(
                                        metric,
                                        evidence.scores().stream()
                                                .map(Score::metric)
                                                .toList())));
    }

    private static <T> T required(T measured, Gate gate) {
        return Optional.ofNullable(measured).orElseThrow(() -> unmeasured(gate));
    }

    private static RegistryException unmeasured(Gate gate) {
        return new RegistryException("Cannot decide on promotion: nothing was measured for the gate " + gate);
    }

    private static double milliseconds(Duration duration) {
        return duration.toNanos() / NANOS_OF_A_MILLISECOND;
    }

    private static String text(Score score) {
        String value = score.metric() + " " + text(score.value());
        return score.hasInterval() ? "%s (%s to %s)".formatted(value, text(score.low()), text(score.high())) : value;
    }

    /** Five digits, which is more than any interval leaves certain. */
    private static String text(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value, DIGITS).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}
