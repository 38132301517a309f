package io.trainyard.jobs.run;

import io.trainyard.jobs.config.CalibrationName;
import io.trainyard.registry.bundle.Calibration;
import io.trainyard.tuning.ensemble.Candidate;
import io.trainyard.tuning.ensemble.PlattScaling;
import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Trial;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the final model is made of the study's trials.
 *
 * @param members one, or those of an ensemble
 * @param scaling of the margins, where probabilities are to be calibrated within the booster
 * @param calibration of the margins, where that is to be done beside it
 */
record ModelRecipe(
        Learner learner, List<Member> members, Optional<PlattScaling> scaling, Optional<Calibration> calibration) {
    /** The trials of an ensemble in the order of their trees. */
    static final String MEMBERS = "members";

    /** How probabilities were calibrated, where the bundle has a file for that. */
    static final String CALIBRATION = "calibration.method";

    ModelRecipe {
        members = List.copyOf(members);
    }

    /** A trial's configuration and its share of the model. */
    record Member(Candidate candidate, double weight) {}

    /** The model of one trial alone. */
    static ModelRecipe of(Trial winner) {
        return new ModelRecipe(
                LearnerSpace.learner(winner.params()),
                List.of(new Member(candidate(winner), 1)),
                Optional.empty(),
                Optional.empty());
    }

    static Candidate candidate(Trial trial) {
        Outcome.Complete complete = (Outcome.Complete) trial.outcome().orElseThrow();
        return new Candidate(
                trial.number(),
                LearnerSpace.own(trial.params()),
                complete.measures().getOrDefault("rounds", 0.0).intValue());
    }

    boolean isEnsemble() {
        return members.size() > 1;
    }

    Candidate only() {
        return members.get(0).candidate();
    }

    /** Every member's parameters, as the lineage keeps them. */
    SortedMap<String, String> parameters() {
        SortedMap<String, String> all = new TreeMap<>();
        for (Member member : members) {
            String prefix =
                    isEnsemble() ? "trial_%d.".formatted(member.candidate().trial()) : "";
            Params params = member.candidate().params();
            params.values().forEach((name, value) -> all.put(prefix + name, value.toString()));
            if (member.candidate().rounds() > 0) {
                all.put(prefix + "rounds", String.valueOf(member.candidate().rounds()));
            }
            if (isEnsemble()) {
                all.put(prefix + "weight", String.valueOf(member.weight()));
            }
        }
        if (isEnsemble()) {
            all.put(
                    MEMBERS,
                    members.stream()
                            .map(member -> String.valueOf(member.candidate().trial()))
                            .collect(Collectors.joining(" ")));
        }
        scaling.ifPresent(platt -> {
            all.put("calibration.slope", String.valueOf(platt.slope()));
            all.put("calibration.intercept", String.valueOf(platt.intercept()));
        });
        calibration.ifPresent(points -> all.put(CALIBRATION, CalibrationName.ISOTONIC.toString()));
        return all;
    }

    /** In words, for the user to read. */
    String describe() {
        String made = isEnsemble()
                ? members.stream()
                        .map(member -> String.format(
                                Locale.ROOT,
                                "%.2f × trial %d",
                                member.weight(),
                                member.candidate().trial()))
                        .collect(Collectors.joining(" + "))
                : learner.name();
        String rounds = !isEnsemble() && only().rounds() > 0 ? ", %d rounds".formatted(only().rounds()) : "";
        return made
                + rounds
                + scaling.map(platt -> String.format(
                                Locale.ROOT, ", margins × %.3f %+.3f to calibrate", platt.slope(), platt.intercept()))
                        .orElse("")
                + calibration
                        .map(known -> ", margins calibrated by isotonic regression, at %d points"
                                .formatted(known.margins().size()))
                        .orElse("");
    }
}
