package io.trainyard.registry;

import java.time.Duration;
import java.util.Optional;

/** A condition that a new version must meet before an alias is moved to it. */
public sealed interface Gate {
    /** The metric that the gate looks at, if it looks at one. */
    default Optional<String> measured() {
        if (this instanceof Min min) {
            return Optional.of(min.metric());
        }
        if (this instanceof Max max) {
            return Optional.of(max.metric());
        }
        if (this instanceof Comparison comparison) {
            return Optional.of(comparison.metric());
        }
        return this instanceof Slices slices ? Optional.of(slices.metric()) : Optional.empty();
    }

    /** The metric must be at least {@code value}. */
    record Min(String metric, double value) implements Gate {}

    /** The metric must be at most {@code value}. */
    record Max(String metric, double value) implements Gate {}

    /** A condition on how a new version does beside the one that holds an alias, both measured on the same rows. */
    sealed interface Comparison extends Gate {
        String alias();

        String metric();

        /** In the metric's own unit, 0 or more. */
        double margin();

        /** The share of all resamples of the rows in which the condition must hold, above 0 and below 1. */
        double confidence();
    }

    /**
     * The metric must not be worse than that of the version which holds {@code alias} by more than {@code margin}. Passes while no
     * version holds the alias.
     *
     * @param confidence 0.5 asks that this is likelier than not; 0.95 that it is all but sure (non-inferiority)
     */
    record NotWorseThan(String alias, String metric, double margin, double confidence) implements Comparison {
        /** Refuses a margin below 0, which would ask for more than "not worse". */
        public NotWorseThan {
            require("not_worse_than", alias, margin, confidence);
        }
    }

    /**
     * The metric must be better than that of the version which holds {@code alias} by more than {@code margin}. Passes while no version
     * holds the alias.
     */
    record BetterThan(String alias, String metric, double margin, double confidence) implements Comparison {
        /** Refuses a margin below 0, which would let a worse one pass. */
        public BetterThan {
            require("better_than", alias, margin, confidence);
        }
    }

    /**
     * No slice, which is all rows with one value of a feature, may surely be worse than {@code worst}: one fails whose whole interval is
     * beyond it, so that of many slices some do not fail by chance.
     *
     * @param higherIsBetter the metric's direction
     * @param rows slices of fewer are not looked at
     */
    record Slices(String feature, String metric, double worst, boolean higherIsBetter, int rows) implements Gate {}

    /** The probabilities' expected calibration error must be at most {@code most}. */
    record Calibration(double most) implements Gate {}

    /** All files of the bundle together must be at most so many bytes. */
    record Size(long most) implements Gate {}

    /** The median time to score a single row, encoding included, on the machine that decides, must be at most {@code most}. */
    record Latency(Duration most) implements Gate {}

    private static void require(String gate, String alias, double margin, double confidence) {
        Names.alias(alias);
        if (!(margin >= 0)) {
            throw new RegistryException(
                    "Cannot use margin %s in %s '%s': give 0 or more".formatted(margin, gate, alias));
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new RegistryException("Cannot use confidence %s in %s '%s': give a share above 0 and below 1"
                    .formatted(confidence, gate, alias));
        }
    }
}
