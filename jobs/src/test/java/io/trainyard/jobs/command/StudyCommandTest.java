package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import io.trainyard.jobs.run.QuickStudy;
import io.trainyard.jobs.run.StudyFile;
import io.trainyard.jobs.run.StudyFile.Objective;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.learner.LogisticRegressionLearner;
import io.trainyard.tuning.learner.XGBoostLearner;
import io.trainyard.tuning.study.Budget;
import io.trainyard.tuning.study.Concurrency;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.StudyDefinition;
import io.trainyard.tuning.study.StudyEvent;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands on studies say of a study that took no data and no Spark. */
class StudyCommandTest {
    private static final LearnerSpace SPACE =
            new LearnerSpace(List.of(new XGBoostLearner(), new LogisticRegressionLearner()), Map.of());
    private static final Objective SCORE = new Objective("roc_auc", Direction.MAXIMIZE);
    private static final Objective LOSS = new Objective("log_loss", Direction.MINIMIZE);
    private static final int TRIALS = 40;

    private Workspace workspace;

    @BeforeEach
    void describe(@TempDir Path folder) throws IOException {
        workspace = new Workspace(folder);
        workspace.pipeline("training: {rows: orders, key: order_id, label: returned}\n");
    }

    @Test
    void showsWhatTheStudyFoundAndWhatMattered() throws Exception {
        search(StudyCommandTest::byLearningRate, SCORE);

        Answer text = study("show", "--trials", "3");
        JsonNode json = study("show", "--json").json();

        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out())
                .startsWith("orders-1: 38 complete, 1 pruned, 1 failed, 0 pending\nBest\n  trial ")
                .containsSubsequence("Improvements", "trial  roc_auc", "Parameters", "importance", "in the best tenth")
                .containsPattern("xgboost.learning_rate +\\d\\d\\.\\d % +0\\.\\d+ +0\\.\\d+ to 0\\.\\d+")
                .containsPattern("xgboost.max_depth +\\d\\.\\d %");
        assertThat(json.at("/outcomes/complete").asInt()).isEqualTo(38);
        assertThat(json.at("/trials")).hasSize(TRIALS);
        assertThat(json.at("/parameters/0/low").asDouble())
                .isLessThanOrEqualTo(json.at("/parameters/0/best").asDouble());
        assertThat(values(json.at("/improvements"), "value")).isSorted();
        JsonNode last = json.at("/improvements/" + (json.at("/improvements").size() - 1));
        assertThat(last.get("trial")).isEqualTo(json.at("/best/trial"));
    }

    @Test
    void showsTheFrontOfSeveralMetrics() throws Exception {
        search(trial -> complete(trial.number() % 8, trial.number() % 8 + (trial.number() > 30 ? 1 : 0)), SCORE, LOSS);

        JsonNode json = study("show", "--json").json();

        assertThat(study("show").out()).contains("Pareto front\n  trial  roc_auc  log_loss\n");
        assertThat(json.has("best")).isFalse();
        assertThat(json.at("/objectives/1/metric").asText()).isEqualTo("log_loss");
        assertThat(json.at("/front/0/values/0").asDouble()).isEqualTo(7);
        assertThat(values(json.at("/front"), "trial")).isNotEmpty().allMatch(number -> number <= 30);
    }

    @Test
    void provesThatEverySuggestionFollowsFromTheJournal() throws Exception {
        Set<Integer> lost = new HashSet<>();
        search(
                trial -> trial.number() == 20 && lost.add(20)
                        ? new Outcome.Lost("executor 3 exited")
                        : byLearningRate(trial),
                SCORE);

        Answer text = study("verify");

        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out()).isEqualTo("""
                study orders-1: all 40 suggestions follow from the journal
                  trial 20 was lost and ran again: executor 3 exited
                """);
        assertThat(study("verify", "--json").json().at("/verified").asBoolean()).isTrue();
    }

    @Test
    void findsAValueThatWasAlteredUnderARightChecksum() throws Exception {
        QuickStudy study = search(StudyCommandTest::byLearningRate, SCORE);
        study.alter(event -> event instanceof StudyEvent.Told told && told.number() == 12
                ? new StudyEvent.Told(12, new Outcome.Complete(2), told.at())
                : event);

        Answer text = study("verify");
        JsonNode json = study("verify", "--json").json();

        assertThat(text.code()).isEqualTo(1);
        assertThat(text.out())
                .matches("(?s)study orders-1: \\d+ decisions on 40 trials do not follow from the journal\n.*")
                .containsPattern("  trial \\d+\n    recorded    learner=.*\n    recomputed  learner=.*");
        assertThat(json.at("/verified").asBoolean()).isFalse();
        assertThat(values(json.at("/deviations"), "trial")).isNotEmpty().allMatch(number -> number > 12);
        assertThat(json.at("/deviations/0/recorded")).isNotEqualTo(json.at("/deviations/0/recomputed"));
    }

    @Test
    void saysWhatAKilledDriverCutOff() throws Exception {
        String cut = search(StudyCommandTest::byLearningRate, SCORE).cutLastWrite(25);

        for (Answer answer : List.of(study("show"), study("verify"))) {
            assertThat(answer.code()).as(answer.err()).isZero();
            assertThat(answer.out()).contains("segment %s does not count: it is cut off after 25 bytes".formatted(cut));
        }
        assertThat(study("show").out()).contains("1 pending");
    }

    @Test
    void aStudyOfAnEarlierReleaseIsShownAndCannotBeVerified() throws Exception {
        search(StudyCommandTest::byLearningRate, SCORE).forgetRecipe();

        assertThat(study("show").out()).containsPattern("xgboost.learning_rate +- +0\\.\\d+ +0\\.\\d+ to 0\\.\\d+");
        Answer refused = study("verify");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualToIgnoringNewLines(
                        "Cannot verify study 'orders-1': the release that began it did not store what its suggestions are computed from; studies that begin with this one can be verified");
    }

    @Test
    void namesTheStudiesThatThereAre() throws Exception {
        search(StudyCommandTest::byLearningRate, SCORE);

        assertThat(study("verify", "--study", "orders-2").err())
                .contains("There is no study 'orders-2': there are [orders-1]");
    }

    private QuickStudy search(Function<Trial, Outcome> formula, Objective... objectives)
            throws IOException, InterruptedException {
        List<Direction> directions =
                List.of(objectives).stream().map(Objective::direction).toList();
        StudyDefinition definition = new StudyDefinition(
                "orders-1",
                new Problem(SPACE.space(), directions, 7),
                SPACE.firstTrials(),
                Budget.ofTrials(TRIALS),
                Concurrency.free(1));
        StudyFile file = new StudyFile(
                "orders-1",
                "orders",
                List.of(objectives),
                SPACE.space().text(),
                "fingerprint",
                Optional.of(new StudyFile.Recipe(objectives.length == 1 ? "tpe" : "nsga2", "none", definition)));
        return QuickStudy.run(workspace.warehouse(), file, formula);
    }

    /** Good where the learning rate is near 0.1, and never as good by logistic regression. */
    private static Outcome byLearningRate(Trial trial) {
        if (trial.number() == 15) {
            return new Outcome.Failed("loss is NaN");
        }
        if (trial.number() == 16) {
            return new Outcome.Pruned(10, 0.5);
        }
        return complete(
                trial.params().has("xgboost.learning_rate")
                        ? 1 - Math.abs(trial.params().number("xgboost.learning_rate") - 0.1)
                        : 0.2);
    }

    private static Outcome complete(double... values) {
        return new Outcome.Complete(Arrays.stream(values).boxed().toList(), new TreeMap<>());
    }

    private Answer study(String command, String... options) {
        Object[] arguments = new Object[options.length + 3];
        arguments[0] = "study";
        arguments[1] = command;
        arguments[2] = workspace.file();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return Program.run(arguments);
    }

    private static List<Double> values(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.get(field).asDouble())
                .toList();
    }
}
