package io.trainyard.jobs.run;

import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.StudyEvent;
import io.trainyard.tuning.study.Verification;
import java.util.List;

/**
 * A study's journal held to itself: every suggestion computed again from what came before it.
 *
 * @param lostTrials the ends of trials whose machine was lost, and which ran again
 * @param lostWrites what of the journal does not count, in words
 */
public record StudyProof(
        String study, Verification verification, List<StudyEvent.Told> lostTrials, List<String> lostWrites) {

    public StudyProof {
        lostTrials = List.copyOf(lostTrials);
        lostWrites = List.copyOf(lostWrites);
    }

    /** @throws JobException when the study was begun by a release that did not store what its suggestions are computed from */
    public static StudyProof of(Catalog.StudyView study) {
        String name = study.file().name();
        StudyFile.Recipe recipe = study.file()
                .recipe()
                .orElseThrow(() -> new JobException(
                        "Cannot verify study '%s': the release that began it did not store what its suggestions are computed from; studies that begin with this one can be verified"
                                .formatted(name)));
        return new StudyProof(
                name,
                Verification.of(recipe.definition(), Samplers.of(recipe), Pruners.of(recipe), study.events()),
                study.events().stream()
                        .filter(StudyEvent.Told.class::isInstance)
                        .map(StudyEvent.Told.class::cast)
                        .filter(told -> told.outcome() instanceof Outcome.Lost)
                        .toList(),
                study.lostWrites());
    }
}
