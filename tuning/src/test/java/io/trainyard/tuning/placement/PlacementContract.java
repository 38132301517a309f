package io.trainyard.tuning.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.Examples;
import io.trainyard.tuning.Examples.Example;
import io.trainyard.tuning.SparkExtension;
import io.trainyard.tuning.learner.Boosting;
import io.trainyard.tuning.learner.TrialSettings;
import io.trainyard.tuning.matrix.Part;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds wherever a trial runs. */
@ExtendWith(SparkExtension.class)
abstract class PlacementContract {
    static final int ROUNDS = 20;
    private static final int FOLDS = 3;

    final SparkSession spark;

    PlacementContract(SparkSession spark) {
        this.spark = spark;
    }

    /** A placement over these examples, whose trials go through folds. */
    abstract Placement placement(TrialSettings settings, List<Example> examples, FoldPlan folds) throws IOException;

    final Placement placement(TrialSettings settings, List<Example> examples) throws IOException {
        return placement(settings, examples, FoldPlan.holdout());
    }

    /** A configuration that learns. */
    abstract Params good();

    /** A configuration that learns next to nothing. */
    abstract Params poor();

    /** A configuration that the library refuses. */
    abstract Params refused();

    /** The library's words when it does. */
    abstract String refusal();

    static TrialSettings settings(long seed) {
        return new TrialSettings(Task.BINARY, 2, Metric.ROC_AUC, ROUNDS, 5, seed);
    }

    static List<Example> examples() {
        return Examples.of(Task.BINARY, 400);
    }

    @Test
    void judgesByTheMetric() throws Exception {
        try (Placement placement = placement(settings(1), examples())) {
            double good = placement.search("good", good()).value();

            assertThat(good)
                    .isBetween(0.8, 1.0)
                    .isGreaterThan(placement.search("poor", poor()).value());
        }
    }

    @Test
    void equalSeedsGiveEqualValues() throws Exception {
        List<Boosting.Judged> judged = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (Placement placement = placement(settings(1), examples())) {
                judged.add(placement.search("run " + run, good()));
            }
        }

        assertThat(judged.get(1)).isEqualTo(judged.get(0));
    }

    @Test
    void trialsBesideEachOtherDoNotMeet() throws Exception {
        try (Placement placement = placement(settings(1), examples())) {
            Boosting.Judged alone = placement.search("alone", good());

            assertThat(atOnce(placement, good(), 4)).isEqualTo(Collections.nCopies(4, alone));
        }
    }

    @Test
    void aTrialOverFoldsComesToTheMeanOfThem() throws Exception {
        List<Example> inFolds = Examples.inFolds(examples(), FOLDS);
        double sum = 0;
        double rounds = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            try (Placement placement = placement(settings(1), Examples.heldOut(inFolds, fold))) {
                Boosting.Judged held = placement.search("holdout " + fold, good());
                sum += held.value();
                rounds += held.rounds();
            }
        }
        for (boolean oneAtATime : List.of(false, true)) {
            try (Placement placement = placement(settings(1), inFolds, new FoldPlan(FOLDS, false, oneAtATime))) {
                Boosting.Judged judged = placement.search("folds", good());

                assertThat(judged.value()).isEqualTo(sum / FOLDS);
                assertThat(judged.rounds()).isEqualTo((int) Math.round(rounds / FOLDS));
            }
        }
    }

    @Test
    void aTrialGoesOnFromFoldToFoldAlsoUnderAnotherDriver() throws Exception {
        List<Example> inFolds = Examples.inFolds(examples(), FOLDS);
        FoldPlan stepwise = new FoldPlan(FOLDS, true, false);
        Boosting.Judged whole;
        Placement.Progress first;
        Placement.Progress second;
        try (Placement placement = placement(settings(1), inFolds, stepwise)) {
            whole = placement.advance("whole", stretch(7, List.of(), FOLDS)).judged();
            first = placement.advance("first", stretch(8, List.of(), 1));
            second = placement.advance("second", stretch(8, List.of(1), 2));

            assertThat(placement.advance("third", stretch(8, List.of(1, 2), FOLDS)))
                    .isEqualTo(new Placement.Progress(whole, true));
        }
        assertThat(first.ended()).isFalse();
        assertThat(first.judged()).isNotEqualTo(second.judged());
        try (Placement placement = placement(settings(1), inFolds, stepwise)) {
            assertThat(placement.advance("resumed", stretch(8, List.of(1, 2), FOLDS)))
                    .isEqualTo(new Placement.Progress(whole, true));
        }
    }

    private TrialStretch stretch(int trial, List<Integer> passed, int until) {
        return new TrialStretch("folds", trial, good(), passed, until);
    }

    @Test
    void trialsInOneFoldAtATimeComeToTheSame() throws Exception {
        List<Example> inFolds = Examples.inFolds(examples(), FOLDS);
        try (Placement all = placement(settings(1), inFolds, new FoldPlan(FOLDS, false, false));
                Placement waves = placement(settings(1), inFolds, new FoldPlan(FOLDS, false, true))) {
            Boosting.Judged judged = all.search("all", good());

            assertThat(atOnce(waves, good(), 4)).isEqualTo(Collections.nCopies(4, judged));
        }
    }

    @Test
    void anUndefinedMetricNamesItsFold() throws Exception {
        List<Example> oneClass = Examples.inFolds(examples(), FOLDS).stream()
                .filter(row -> row.label() == 0 || !row.has(Part.validation(1)))
                .toList();
        try (Placement placement = placement(settings(1), oneClass, new FoldPlan(FOLDS, false, false))) {
            assertThatThrownBy(() -> placement.search("one class", good()))
                    .isInstanceOf(FailedTrialException.class)
                    .hasMessageContaining("roc_auc is undefined on the validation rows of fold 1");
        }
    }

    @Test
    void refusalOfTheLibraryIsAFailedTrial() throws Exception {
        try (Placement placement = placement(settings(1), examples())) {
            assertThatThrownBy(() -> placement.search("refused", refused()))
                    .isInstanceOf(FailedTrialException.class)
                    .hasMessageContaining(refusal());
        }
    }

    @Test
    void undefinedMetricIsAFailedTrial() throws Exception {
        List<Example> oneClass = examples().stream()
                .filter(row -> row.label() == 0 || !row.has(Part.SEARCH_VALIDATION))
                .toList();
        try (Placement placement = placement(settings(1), oneClass)) {
            assertThatThrownBy(() -> placement.search("one class", good()))
                    .isInstanceOf(FailedTrialException.class)
                    .hasMessageContaining("roc_auc is undefined on the validation rows");
        }
    }

    static List<Boosting.Judged> atOnce(Placement placement, Params params, int trials)
            throws InterruptedException, ExecutionException {
        ExecutorService workers = Executors.newFixedThreadPool(trials);
        try {
            List<Future<Boosting.Judged>> running = new ArrayList<>();
            for (int trial = 0; trial < trials; trial++) {
                String description = "trial " + trial;
                running.add(workers.submit(() -> placement.search(description, params)));
            }
            List<Boosting.Judged> judged = new ArrayList<>();
            for (Future<Boosting.Judged> trial : running) {
                judged.add(trial.get());
            }
            return judged;
        } finally {
            workers.shutdownNow();
        }
    }
}
