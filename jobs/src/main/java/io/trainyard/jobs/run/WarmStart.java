package io.trainyard.jobs.run;

import io.trainyard.jobs.run.Catalog.StudyView;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The best configurations of an earlier study, to be tried early in a new one. Their values are not taken over: they were measured
 * on other data.
 */
final class WarmStart {
    /** The newest study of the pipeline but the one that is begun. */
    static final String PREVIOUS = "previous";

    private static final int CONFIGURATIONS = 5;

    private final JobContext context;
    private final LearnerSpace space;

    WarmStart(JobContext context, LearnerSpace space) {
        this.context = context;
        this.space = space;
    }

    /**
     * Points of the new study's space, the best first.
     *
     * @param wanted a study's name, or {@link #PREVIOUS}
     * @param begun name of the new study
     * @throws JobException if there is no study of this name
     */
    List<Params> points(String wanted, String begun) throws IOException {
        Optional<StudyView> earlier = find(wanted, begun);
        List<Params> points = earlier.map(this::best).orElse(List.of());
        context.console()
                .say(earlier.map(study -> "warm start: %d configurations of study %s"
                                .formatted(points.size(), study.file().name()))
                        .orElse("warm start: the pipeline has no earlier study"));
        return points;
    }

    private Optional<StudyView> find(String wanted, String begun) throws IOException {
        List<StudyView> others = new Catalog(
                        context.pipeline(), context.storage(), context.environment(), context.clock())
                .studies().stream()
                        .filter(study -> !study.file().name().equals(begun))
                        .toList();
        if (wanted.equals(PREVIOUS)) {
            return others.stream()
                    .filter(study -> !study.history().complete().isEmpty())
                    .reduce((older, newer) -> newer);
        }
        return Optional.of(others.stream()
                .filter(study -> study.file().name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new JobException("search.warm_start: there is no study '%s': there are %s"
                        .formatted(
                                wanted,
                                others.stream()
                                        .map(study -> study.file().name())
                                        .toList()))));
    }

    private List<Params> best(StudyView study) {
        Direction direction = study.file().direction();
        return study.history().complete().stream()
                .sorted(Comparator.comparingDouble(
                        trial -> direction.loss(trial.value().getAsDouble())))
                .map(Trial::params)
                .flatMap(params -> space.adopted(params).stream())
                .distinct()
                .limit(CONFIGURATIONS)
                .toList();
    }
}
