package io.trainyard.tuning.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.space.CategoricalParameter;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StudyTest {

    private static final SearchSpace LINE = SearchSpace.of(FloatParameter.uniform("x", 0, 1));
    private static final StudyDefinition DEFINITION =
            new StudyDefinition("fraud", LINE, Direction.MAXIMIZE, 7, Budget.ofTrials(5));

    private final ManualClock clock = new ManualClock();
    private final StudyStorage storage = new MemoryStorage();

    @Test
    void enqueuedPointsComeFirst() throws InterruptedException {
        Params defaults = Params.of(Map.of("x", 0.3));
        Study study = open(DEFINITION.withEnqueued(List.of(defaults)));

        assertThat(study.next().orElseThrow())
                .isEqualTo(new Trial(0, defaults, Optional.empty(), clock.instant(), Optional.empty()));
        assertThat(study.next().orElseThrow().params()).isNotEqualTo(defaults);
    }

    @Test
    void enqueuedPointsMustBeOfTheSpace() {
        assertThatThrownBy(() -> DEFINITION.withEnqueued(List.of(Params.of(Map.of("x", 2.0)))))
                .hasMessageContaining("Parameter 'x' cannot be 2.0");
    }

    @Test
    void endsWhenTheTrialsAreSpentAndHasABest() throws InterruptedException {
        Study study = open(DEFINITION);
        List<Double> values = List.of(0.1, 0.5, 0.2, 0.5, 0.3);
        for (double value : values) {
            assertThat(study.finished()).isFalse();
            study.tell(study.next().orElseThrow().number(), new Outcome.Complete(value));
        }

        assertThat(study.next()).isEmpty();
        assertThat(study.finished()).isTrue();
        assertThat(study.best()).map(Trial::number).hasValue(1);
        assertThat(study.history().complete()).hasSize(5);
    }

    @Test
    void isNotFinishedWhileATrialRuns() throws InterruptedException {
        Study study = open(DEFINITION.withBudget(Budget.ofTrials(1)));
        study.next();

        assertThat(study.next()).isEmpty();
        assertThat(study.finished()).isFalse();
    }

    @Test
    void aTrialEndsOnce() throws InterruptedException {
        Study study = open(DEFINITION);
        study.next();
        study.tell(0, new Outcome.Complete(1));

        assertThatThrownBy(() -> study.tell(0, new Outcome.Failed("late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Cannot tell study 'fraud' that trial 0 ended with Failed[reason=late]")
                .hasMessageContaining("it ended already with Complete[values=[1.0]");
        assertThatThrownBy(() -> study.tell(1, new Outcome.Complete(1))).hasMessageContaining("it was not asked for");
        assertThatThrownBy(() -> new Outcome.Complete(Double.NaN)).hasMessageContaining("tell Failed and the reason");
    }

    @Test
    void aLostTrialIsHandedOutAgain() throws InterruptedException {
        Study study = open(DEFINITION);
        Trial lost = study.next().orElseThrow();
        study.next();
        study.tell(0, new Outcome.Lost("executor 3 exited"));

        assertThatThrownBy(() -> study.tell(0, new Outcome.Complete(1))).hasMessageContaining("no worker has it");
        assertThat(study.next()).hasValue(lost);
        study.tell(0, new Outcome.Complete(1));
        assertThat(study.next()).map(Trial::number).hasValue(2);
        assertThat(study.best()).map(Trial::number).hasValue(0);
    }

    @Test
    void theLastTrialLostIsHandedOutToTheOneThatLostIt() throws InterruptedException {
        Study study = open(DEFINITION.withBudget(Budget.ofTrials(1)));
        Trial only = study.next().orElseThrow();

        assertThat(study.tellAndNext(0, new Outcome.Lost("executor 3 exited"))).hasValue(only);
        assertThat(study.tellAndNext(0, new Outcome.Complete(1))).isEmpty();
        assertThat(study.finished()).isTrue();
    }

    @Test
    void startsNothingAfterTheTimeLimit() throws InterruptedException {
        Study study = open(DEFINITION.withBudget(Budget.ofTrials(5).within(Duration.ofMinutes(20))));
        clock.advance(Duration.ofMinutes(20).minusNanos(1));
        assertThat(study.next()).isPresent();
        clock.advance(Duration.ofNanos(1));

        assertThat(study.next()).isEmpty();
        assertThat(study.tellAndNext(0, new Outcome.Lost("executor 3 exited"))).isEmpty();
        assertThat(study.finished()).isTrue();
    }

    @Test
    void endsWhenEveryPointOfAFiniteSpaceWasTried() throws InterruptedException {
        SearchSpace space = SearchSpace.of(CategoricalParameter.of("a", "x", "y"), IntParameter.uniform("fixed", 1, 1));
        Params point = Params.of(Map.of("a", "x", "fixed", 1L));
        Study study = open(new StudyDefinition("small", space, Direction.MINIMIZE, 1, Budget.ofTrials(100))
                .withEnqueued(List.of(point, point, point.with("a", "y"))));

        assertThat(List.of(study.next(), study.next(), study.next())).allMatch(Optional::isPresent);
        assertThat(study.next()).isEmpty();
    }

    @Test
    void listenersHearOfTrialsThatEnded() throws InterruptedException {
        Study study = open(DEFINITION);
        List<String> heard = new ArrayList<>();
        study.listen((trial, history) ->
                heard.add(trial.number() + " of " + history.finished().size()));
        study.next();
        study.next();
        study.tell(1, new Outcome.Complete(1));
        study.tell(0, new Outcome.Lost("executor 3 exited"));
        study.next();
        study.tellAndNext(0, new Outcome.Failed("loss is NaN"));

        assertThat(heard).containsExactly("1 of 1", "0 of 2");
    }

    @Test
    void aSuggestionSeesAllThatIsKnown() throws InterruptedException {
        List<History> seen = new ArrayList<>();
        Sampler sampler = (problem, history, number) -> {
            seen.add(history);
            return Params.of(Map.of("x", number / 10.0));
        };
        Study study = Study.open(DEFINITION, storage, sampler, clock);
        study.next();
        study.next();
        study.tell(1, new Outcome.Complete(1));
        study.next();

        assertThat(seen.get(2).finished()).extracting(Trial::number).containsExactly(1);
        assertThat(seen.get(2).pending()).extracting(Trial::number).containsExactly(0);
        assertThat(storage.events())
                .last()
                .isEqualTo(new StudyEvent.Asked(2, Params.of(Map.of("x", 0.2)), List.of(0), clock.instant()));
    }

    @Test
    void continuesWhereTheLastDriverStopped() throws InterruptedException {
        Study killed = open(DEFINITION);
        Trial zero = killed.next().orElseThrow();
        Trial one = killed.next().orElseThrow();
        Trial two = killed.next().orElseThrow();
        killed.tell(1, new Outcome.Complete(0.5));
        Study study = open(DEFINITION);

        assertThat(study.best()).map(Trial::params).hasValue(one.params());
        assertThat(study.next()).hasValue(zero);
        assertThat(study.next()).hasValue(two);
        assertThat(study.next()).map(Trial::number).hasValue(3);
    }

    @Test
    void continuesOnlyTheSameStudy() {
        open(DEFINITION);
        StudyDefinition changed = new StudyDefinition(
                "fraud", SearchSpace.of(FloatParameter.uniform("x", 0, 2)), Direction.MAXIMIZE, 7, Budget.ofTrials(9));

        assertThatThrownBy(() -> open(changed))
                .isInstanceOf(StudyException.class)
                .hasMessage(
                        "Cannot continue study 'fraud': it was begun as another study. It had [x: float [0.0, 1.0]] "
                                + "where there is [x: float [0.0, 2.0]] now. Undo the change, or give the study another name");
        assertThat(storage.events()).hasSize(1);
    }

    @Test
    void refusesEventsThatDoNotFollow() {
        storage.takeOver(new StudyEvent.Owned("fraud", DEFINITION.identity(), clock.instant()));
        storage.append(new StudyEvent.Told(3, new Outcome.Complete(1), clock.instant()));

        assertThatThrownBy(() -> open(DEFINITION))
                .isInstanceOf(StudyException.class)
                .hasMessageContaining("trial 3 ended with Complete[values=[1.0], measures={}], but was not asked for");
    }

    private Study open(StudyDefinition definition) {
        return Study.open(definition, storage, new NoisySampler(), clock);
    }
}
