package io.trainyard.jobs.monitor;

import io.trainyard.features.profile.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * What a window says about one subject.
 *
 * @param kind of the subject
 * @param subject the feature's, the label's or the metric's name; the source's for its volume and its freshness; the table's and the test's for a test
 * @param reasons in words and numbers; at least one
 */
public record Finding(Kind kind, String subject, Verdict verdict, List<String> reasons) {
    public Finding {
        reasons = List.copyOf(reasons);
    }

    /** What a finding is about. */
    public enum Kind {
        /** A feature whose values are other ones. */
        FEATURE,
        /** What the model says. */
        PREDICTION,
        /** What happens. */
        LABEL,
        /** A metric that is worse than on the test rows. */
        METRIC,
        /** How many rows there are. */
        VOLUME,
        /** How old the newest row of a source is. */
        FRESHNESS,
        /** What must hold of a source or of a feature table. */
        TEST
    }

    /** Says the same subject in every window, as in {@code feature carrier}. */
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + subject;
    }
}
