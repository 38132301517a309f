package io.trainyard.registry.encoding;

import io.trainyard.registry.RegistryException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What is predicted, and how a raw label becomes the number that a learner takes. */
public sealed interface Target extends Serializable {
    /** The name of the raw label column. */
    String label();

    /** The classes in the order of their indices; empty when a number is predicted. */
    List<String> classes();

    /**
     * The number for a raw label.
     *
     * @throws IllegalArgumentException when the label is missing, or is none that this target knows
     */
    double encode(Object rawLabel);

    /** Whether the label is there, and one that {@link #encode} takes. */
    boolean knows(Object rawLabel);

    /** One of several classes, encoded as its index. Of two classes the positive one has index 1. */
    record ClassTarget(String label, List<String> classes) implements Target {
        /** Refuses fewer than two classes. */
        public ClassTarget {
            classes = List.copyOf(classes);
            if (new HashSet<>(classes).size() != classes.size()) {
                throw new IllegalArgumentException("label '%s' has a class twice: %s".formatted(label, classes));
            }
            if (classes.size() < 2) {
                throw new RegistryException(
                        "Cannot learn '%s': its training rows hold the classes %s, and at least two are needed"
                                .formatted(label, classes));
            }
        }

        /** The classes sorted as numbers when all are numbers, as text otherwise: true, 1 and yes are positive. */
        public static ClassTarget of(String label, Collection<String> classes) {
            List<String> sorted = new ArrayList<>(classes);
            sorted.sort(
                    sorted.stream().allMatch(RawValue::isNumber)
                            ? Comparator.comparingDouble(Double::parseDouble)
                            : Comparator.naturalOrder());
            return new ClassTarget(label, sorted);
        }

        /** The same two classes with {@code positive} at index 1. */
        public ClassTarget withPositive(String positive) {
            if (classes.size() != 2 || !classes.contains(positive)) {
                throw new RegistryException(
                        "Cannot make '%s' the positive class of '%s': it must be one of two, and there are %s"
                                .formatted(positive, label, classes));
            }
            String negative = classes.get(1 - classes.indexOf(positive));
            return new ClassTarget(label, List.of(negative, positive));
        }

        /** The class that a binary model's probability is about. */
        public Optional<String> positive() {
            return classes.size() == 2 ? Optional.of(classes.get(1)) : Optional.empty();
        }

        @Override
        public boolean knows(Object rawLabel) {
            return RawValue.text(rawLabel).filter(classes::contains).isPresent();
        }

        @Override
        public double encode(Object rawLabel) {
            int index = RawValue.text(rawLabel).map(classes::indexOf).orElse(-1);
            if (index < 0) {
                throw new IllegalArgumentException(
                        "Cannot encode label '%s': '%s' is none of the classes %s".formatted(label, rawLabel, classes));
            }
            return index;
        }
    }

    /** A number, taken as it is. */
    record NumberTarget(String label) implements Target {
        @Override
        public List<String> classes() {
            return List.of();
        }

        @Override
        public boolean knows(Object rawLabel) {
            return rawLabel != null && Double.isFinite(RawValue.number(label, rawLabel));
        }

        @Override
        public double encode(Object rawLabel) {
            double number = RawValue.number(label, rawLabel);
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException(
                        "Cannot encode label '%s': '%s' is not a finite number".formatted(label, rawLabel));
            }
            return number;
        }
    }
}
