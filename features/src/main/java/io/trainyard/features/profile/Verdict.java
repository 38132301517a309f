package io.trainyard.features.profile;

/** What a comparison comes to; the later, the worse. */
public enum Verdict {
    /** Nothing that chance, or a difference too small to matter, does not explain. */
    STABLE,
    /** More than chance explains, and worth a look. */
    WATCH,
    /** Certainly beyond the threshold of drift. */
    DRIFTED;

    Verdict worse(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
