package io.trainyard.features.profile;

import io.trainyard.features.profile.DriftRules.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what speaks for the worst verdict on a column. */
final class Findings {

    private final DriftRules rules;
    private final List<String> reasons = new ArrayList<>();
    private Verdict verdict = Verdict.STABLE;

    Findings(DriftRules rules) {
        this.rules = rules;
    }

    void add(ShareChange change) {
        Verdict found = rules.share().judge(change.lower());
        if (counts(found)) {
            reasons.add(change.reason(rules.share(), found));
        }
    }

    void add(Distance distance) {
        Optional<Threshold> threshold = Optional.ofNullable(rules.thresholds().get(distance.measure()));
        Verdict found = threshold.map(limit -> limit.judge(distance.lower())).orElse(Verdict.STABLE);
        if (threshold.isPresent() && counts(found)) {
            reasons.add(distance.reason(threshold.get(), found));
        }
    }

    /** Reasons for a lesser verdict are of no interest once there is a worse one. */
    private boolean counts(Verdict found) {
        if (found.compareTo(verdict) > 0) {
            reasons.clear();
            verdict = found;
        }
        return found != Verdict.STABLE && found == verdict;
    }

    Verdict verdict() {
        return verdict;
    }

    List<String> reasons() {
        return verdict == Verdict.STABLE ? List.of("no measure is surely above its threshold") : List.copyOf(reasons);
    }
}
