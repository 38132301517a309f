package io.trainyard.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What was measured of a challenger, as far as its gates ask for it.
 *
 * @param scores on its test rows
 * @param contests by the gate that asks for them
 * @param slices by the gate that asks for them
 * @param calibrationError the expected calibration error of its probabilities
 * @param bytes of its bundle
 * @param latency median time of a single row
 */
public record GateEvidence(
        List<Score> scores,
        Map<Gate.Comparison, Contest> contests,
        Map<Gate.Slices, List<Slice>> slices,
        OptionalDouble calibrationError,
        long bytes,
        Optional<Duration> latency) {
    /** Copies what it is given. */
    public GateEvidence {
        scores = List.copyOf(scores);
        contests = Map.copyOf(contests);
        slices = new HashMap<>(slices);
        slices.replaceAll((gate, measured) -> List.copyOf(measured));
        slices = Map.copyOf(slices);
    }

    /** Scores alone. */
    public static GateEvidence of(List<Score> scores) {
        return new GateEvidence(scores, Map.of(), Map.of(), OptionalDouble.empty(), 0, Optional.empty());
    }

    /** How a challenger does beside the version that holds an alias. */
    public sealed interface Contest {
        /** No version holds the alias. */
        record Unopposed() implements Contest {}

        /** The two cannot be measured on the same rows. */
        record Impossible(String why) implements Contest {}

        /**
         * Both on the same rows, drawn together again and again (paired bootstrap).
         *
         * @param incumbent number of the version that holds the alias
         * @param challenger value of the metric
         * @param held value of the incumbent
         * @param gain by how much the challenger is better, below 0 where it is worse, in the metric's unit
         * @param low lower end of the gain's interval
         * @param high upper end of the gain's interval
         * @param share of the resamples in which the gate's condition holds, 0 to 1
         * @param rows that were looked at
         * @param seen further test rows that were left out, since the incumbent has learnt from them; empty where nobody can tell
         */
        record Measured(
                int incumbent,
                double challenger,
                double held,
                double gain,
                double low,
                double high,
                double share,
                long rows,
                OptionalLong seen)
                implements Contest {}
    }

    /**
     * A challenger on the rows with one value of a feature.
     *
     * @param rows how many there are
     */
    public record Slice(String value, Score score, long rows) {}
}
