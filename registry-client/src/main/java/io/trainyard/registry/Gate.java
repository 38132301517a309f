package io.trainyard.registry;

/** A condition that a new version must meet before an alias is moved to it. */
public sealed interface Gate {
    /** The metric that the gate looks at. */
    String metric();

    /** The metric must be at least {@code value}. */
    record Min(String metric, double value) implements Gate {}

    /** The metric must be at most {@code value}. */
    record Max(String metric, double value) implements Gate {}

    /**
     * The metric must not be worse than that of the version which holds {@code alias} by more than {@code margin},
     * both measured on the same rows. Passes while no version holds the alias.
     *
     * @param margin in the metric's own unit, 0 or more
     * @param higherIsBetter the metric's direction
     */
    record NotWorseThan(String alias, String metric, double margin, boolean higherIsBetter) implements Gate {
        /** Refuses a margin below 0, which would ask for more than "not worse". */
        public NotWorseThan {
            Names.alias(alias);
            if (!(margin >= 0)) {
                throw new RegistryException(
                        "Cannot use margin %s in not_worse_than '%s': give 0 or more".formatted(margin, alias));
            }
        }
    }
}
