package io.trainyard.registry;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides whether a challenger may take over. Pure: scores in, a decision with its reasons out. */
public final class Gates {
    private static final MathContext DIGITS = new MathContext(5);

    private Gates() {}

    /**
     * Asks every gate, also after one has failed, so that the reasons are complete. A score of NaN passes no gate.
     *
     * @param challenger scores of the new version
     * @param incumbents scores of the versions that hold aliases, by alias, measured on the challenger's rows; an alias
     *     that no version holds is left out
     * @throws RegistryException when a gate's metric was not measured
     */
    public static GateDecision decide(List<Gate> gates, List<Score> challenger, Map<String, List<Score>> incumbents) {
        boolean passed = true;
        List<String> reasons = new ArrayList<>();
        for (Gate gate : gates) {
            Verdict verdict = judge(gate, measured(gate, challenger), incumbents);
            passed &= verdict.passed();
            reasons.add((verdict.passed() ? "passed: " : "failed: ") + verdict.reason());
        }
        return new GateDecision(passed, reasons);
    }

    private record Verdict(boolean passed, String reason) {}

    private static Verdict judge(Gate gate, Score challenger, Map<String, List<Score>> incumbents) {
        if (gate instanceof Gate.Min min) {
            return new Verdict(
                    challenger.value() >= min.value(), text(challenger) + " must be at least " + min.value());
        }
        if (gate instanceof Gate.Max max) {
            return new Verdict(challenger.value() <= max.value(), text(challenger) + " must be at most " + max.value());
        }
        Gate.NotWorseThan notWorse = (Gate.NotWorseThan) gate;
        if (!incumbents.containsKey(notWorse.alias())) {
            return new Verdict(true, "%s, no %s yet".formatted(text(challenger), notWorse.alias()));
        }
        return compare(notWorse, challenger, measured(gate, incumbents.get(notWorse.alias())));
    }

    private static Verdict compare(Gate.NotWorseThan gate, Score challenger, Score incumbent) {
        double loss =
                gate.higherIsBetter() ? incumbent.value() - challenger.value() : challenger.value() - incumbent.value();
        return new Verdict(
                loss <= gate.margin(),
                "%s must not be worse than %s of %s by more than %s"
                        .formatted(text(challenger), text(incumbent), gate.alias(), gate.margin()));
    }

    private static Score measured(Gate gate, List<Score> scores) {
        return scores.stream()
                .filter(score -> score.metric().equals(gate.metric()))
                .findFirst()
                .orElseThrow(() ->
                        new RegistryException("Cannot decide on promotion: metric '%s' was not measured; use one of %s"
                                .formatted(
                                        gate.metric(),
                                        scores.stream().map(Score::metric).toList())));
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
