package io.trainyard.tuning.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.tuning.pruner.AshaPruner;
import io.trainyard.tuning.sampler.RandomSampler;
import io.trainyard.tuning.sampler.TpeSampler;
import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.IntParameter;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Budget;
import io.trainyard.tuning.study.Concurrency;
import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Fidelity;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.MemoryStorage;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Study;
import io.trainyard.tuning.study.StudyDefinition;
import io.trainyard.tuning.study.StudyEvent;
import io.trainyard.tuning.study.StudyException;
import io.trainyard.tuning.study.StudyStorage;
import io.trainyard.tuning.study.Trial;
import io.trainyard.tuning.study.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Studies over a journal in a folder. */
class JournaledStudyTest {

    private static final StudyDefinition DEFINITION = new StudyDefinition(
            "fraud",
            SearchSpace.of(FloatParameter.log("eta", 0.01, 0.3), IntParameter.uniform("depth", 3, 10)),
            Direction.MINIMIZE,
            5,
            Budget.ofTrials(60));

    @TempDir
    private Path folder;

    /** A killed driver is one that is never heard of again. */
    @Test
    void aStudyWhoseDriversAreKilledIsTheStudyOfOneDriver() throws InterruptedException {
        StudyDefinition lockstep = DEFINITION.withConcurrency(Concurrency.lockstep(1));
        Study uninterrupted = open(lockstep, new MemoryStorage(), new TpeSampler());
        run(uninterrupted, 60);
        for (int driver = 0; driver < 8; driver++) {
            Study killed = open(lockstep, journal("driver " + driver), new TpeSampler());
            run(killed, 9);
            killed.next();
        }
        StudyStorage storage = journal("last");
        Study resumed = open(lockstep, storage, new TpeSampler());

        assertThat(resumed.finished()).isTrue();
        assertThat(resumed.history().finished())
                .extracting(Trial::params)
                .isEqualTo(uninterrupted.history().finished().stream()
                        .map(Trial::params)
                        .toList());
        assertThat(Verification.of(lockstep, new TpeSampler(), storage.events()))
                .isEqualTo(new Verification(60, List.of()));
    }

    /** One worker, so that the drivers that die leave nothing to chance. */
    @Test
    void aPrunedStudyWhoseDriversAreKilledIsTheStudyOfOneDriver() throws InterruptedException {
        StudyDefinition pruned = DEFINITION.withFidelity(new Fidelity(16));
        StudyStorage memory = new MemoryStorage();
        prune(Study.open(pruned, memory, new TpeSampler(), new AshaPruner(), Clock.systemUTC()), Integer.MAX_VALUE);
        Study study = null;
        int driver = 0;
        while (study == null || !study.finished()) {
            StudyStorage storage = journal("driver " + driver++);
            study = Study.open(pruned, storage, new TpeSampler(), new AshaPruner(), Clock.systemUTC());
            prune(study, 7);
        }
        List<StudyEvent> events = journal("reader").events();

        assertThat(driver).isGreaterThan(8);
        assertThat(outcomes(events)).isEqualTo(outcomes(memory.events()));
        assertThat(Verification.of(pruned, new TpeSampler(), new AshaPruner(), events))
                .isEqualTo(new Verification(60, List.of()));
    }

    /** The checksum is right: only what was decided after the value tells that it is not what the study saw. */
    @Test
    void aValueThatWasAlteredUnderARightChecksumIsFound() throws Exception {
        run(open(DEFINITION, journal("driver"), new TpeSampler()), 60);
        Path file = folder.resolve(SegmentFiles.name(22));
        Segment segment = Segment.decode(Files.readAllBytes(file));
        StudyEvent.Told told = (StudyEvent.Told) segment.events().get(0);
        StudyEvent altered = new StudyEvent.Told(told.number(), new Outcome.Complete(-1), told.at());
        Files.write(
                file,
                new Segment(segment.writer(), List.of(altered, segment.events().get(1))).encode());
        Verification verification =
                Verification.of(DEFINITION, new TpeSampler(), journal("reader").events());

        assertThat(verification.trials()).isEqualTo(60);
        assertThat(verification.deviations()).isNotEmpty().allMatch(deviation -> deviation.number() > told.number());
    }

    @Test
    void aDriverThatWasReplacedIsToldSo() throws InterruptedException {
        Study first = open(DEFINITION, journal("first"), new RandomSampler());
        Trial trial = first.next().orElseThrow();
        Study second = open(DEFINITION, journal("second"), new RandomSampler());

        assertThatThrownBy(() -> first.tell(trial.number(), new Outcome.Complete(1)))
                .isInstanceOf(FencedException.class)
                .hasMessageContaining("Another driver (second) took over study 'fraud'");
        assertThat(second.next()).hasValue(trial);
    }

    @Test
    @Timeout(30)
    void whoWaitsInLockstepHearsThatTheDriverWasReplaced() throws InterruptedException {
        StudyDefinition lockstep = DEFINITION.withConcurrency(Concurrency.lockstep(2));
        Study first = open(lockstep, journal("first"), new RandomSampler());
        first.next();
        first.next();
        open(lockstep, journal("second"), new RandomSampler());
        ExecutorService waiter = Executors.newSingleThreadExecutor();
        try {
            Future<Optional<Trial>> next = waiter.submit(first::next);

            assertThatThrownBy(() -> first.tell(0, new Outcome.Complete(1))).isInstanceOf(FencedException.class);
            assertThatThrownBy(next::get)
                    .cause()
                    .isInstanceOf(StudyException.class)
                    .hasMessageContaining("Another driver (second) took over study 'fraud'");
        } finally {
            waiter.shutdownNow();
        }
    }

    @Test
    void aTellAndTheNextAskShareASegment() throws InterruptedException {
        StudyStorage storage = journal("driver");
        Study study = open(DEFINITION, storage, new RandomSampler());
        run(study, 60);

        assertThat(folder.toFile().list()).hasSize(1 + 1 + 60);
        assertThat(storage.events()).hasSize(1 + 60 + 60);
    }

    /** An idle machine runs them in 1 s and loads them in 0.1 s; a busy one gets more time. */
    @Test
    void theJournalKeepsUpWithTrialsThatDoNothing() throws InterruptedException {
        StudyDefinition thousand = DEFINITION.withBudget(Budget.ofTrials(1000));
        Instant start = Instant.now();
        run(open(thousand, journal("driver"), new RandomSampler()), 1000);
        Duration running = Duration.between(start, Instant.now());
        Instant reopened = Instant.now();
        Study study = open(thousand, journal("reader"), new RandomSampler());
        Duration loading = Duration.between(reopened, Instant.now());

        assertThat(study.history().finished()).hasSize(1000);
        assertThat(running).isLessThan(Duration.ofSeconds(15));
        assertThat(loading).isLessThan(Duration.ofSeconds(5));
    }

    private Study open(StudyDefinition definition, StudyStorage storage, Sampler sampler) {
        return Study.open(definition, storage, sampler, Clock.systemUTC());
    }

    private StudyStorage journal(String driver) {
        return new JournalStorage(new LocalSegments(folder), driver);
    }

    /** Runs so many slices of trials. */
    private static void prune(Study study, int slices) throws InterruptedException {
        Optional<Trial> trial = study.next();
        for (int i = 0; i < slices && trial.isPresent(); i++) {
            int number = trial.get().number();
            int step = study.nextStep(number);
            double loss = trial.get().params().number("eta") + 1.0 / step;
            if (step == 16) {
                trial = study.tellAndNext(number, new Outcome.Complete(loss));
            } else if (study.report(number, step, loss) != Decision.GO_ON) {
                trial = study.next();
            }
        }
    }

    private static List<Optional<Outcome>> outcomes(List<StudyEvent> events) {
        return History.replay(events).finished().stream().map(Trial::outcome).toList();
    }

    private static void run(Study study, int trials) throws InterruptedException {
        Optional<Trial> trial = study.next();
        for (int i = 0; i < trials && trial.isPresent(); i++) {
            double loss =
                    trial.get().params().number("eta") * trial.get().params().integer("depth");
            Outcome outcome = new Outcome.Complete(loss);
            if (i == trials - 1) {
                study.tell(trial.get().number(), outcome);
            } else {
                trial = study.tellAndNext(trial.get().number(), outcome);
            }
        }
    }
}
