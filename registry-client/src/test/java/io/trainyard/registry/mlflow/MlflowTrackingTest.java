package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.mlflow.TrialUpdate.Ended;
import io.trainyard.registry.mlflow.TrialUpdate.Measured;
import io.trainyard.registry.mlflow.TrialUpdate.Started;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MlflowTrackingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Instant END = Clients.NOW.plusSeconds(60);
    private static final TrackedStudy STUDY = new TrackedStudy(
            "card-fraud", "fingerprint", Clients.NOW, Map.of("sampler", "tpe"), Map.of("team", "risk"));
    private static final Logger LOGGER = Logger.getLogger(MlflowTracking.class.getName());

    private final Clients clients = new Clients();
    private final MlflowServer server = clients.server;
    private final Warnings warnings = new Warnings();

    @BeforeEach
    void listen() {
        LOGGER.addHandler(warnings);
        LOGGER.setUseParentHandlers(false);
    }

    @AfterEach
    void stop() {
        LOGGER.removeHandler(warnings);
        clients.close();
    }

    @Test
    void aStudyIsARunWithARunForEachTrial() {
        MlflowTracking tracking = MlflowTracking.start(clients.client(), "studies", STUDY);
        for (int trial = 0; trial < 3; trial++) {
            tracking.send(new Started(trial, Clients.NOW, Map.of("eta", "0." + trial)));
            for (int step = 1; step <= 4; step++) {
                tracking.send(new Measured(trial, Clients.NOW, "logloss", 1.0 / step, step));
            }
            boolean isLast = trial == 2;
            tracking.send(new Ended(
                    trial, END, isLast ? RunStatus.KILLED : RunStatus.FINISHED, isLast ? "pruned" : "complete"));
        }

        TrackingOutcome outcome = tracking.finish(RunStatus.FINISHED, END, PATIENCE);

        assertThat(outcome).isEqualTo(new TrackingOutcome(3 * 6 + 1, 0));
        assertThat(outcome.text()).isEqualTo("MLflow has all 19 updates of the study");
        assertThat(server.tracking.runs()).hasSize(4);
        TrackingState.ServedRun parent = run("card-fraud");
        assertThat(parent.status()).isEqualTo("FINISHED");
        assertThat(parent.params).isEqualTo(Map.of("sampler", "tpe"));
        assertThat(parent.tags).containsEntry("team", "risk");
        TrackingState.ServedRun trial = run("trial 2");
        assertThat(trial.tags)
                .containsEntry("mlflow.parentRunId", parent.info.get("run_id").asText())
                .containsEntry("trainyard.outcome", "pruned");
        assertThat(trial.params).isEqualTo(Map.of("eta", "0.2"));
        assertThat(trial.metrics)
                .extracting(metric ->
                        metric.get("step").asInt() + " " + metric.get("value").asDouble())
                .containsExactly("1 1.0", "2 0.5", "3 " + 1.0 / 3, "4 0.25");
        assertThat(trial.status()).isEqualTo("KILLED");
        assertThat(warnings.texts).isEmpty();
    }

    @Test
    void aStudyThatIsResumedGoesOnInItsRuns() {
        for (int session = 1; session <= 2; session++) {
            MlflowTracking tracking = MlflowTracking.start(clients.client(), "studies", STUDY);
            tracking.send(new Started(0, Clients.NOW, Map.of("eta", "0.1")));
            tracking.send(new Ended(0, END, RunStatus.FINISHED, "complete"));
            assertThat(tracking.finish(RunStatus.FINISHED, END, PATIENCE).notSent())
                    .isZero();
        }

        assertThat(server.tracking.runs()).hasSize(2);
    }

    @Test
    void theCallerDoesNotWaitForAServerThatDoesNotAnswer() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        server.fail("experiments/get-by-name", new Fault.Meanwhile(() -> {
            asked.countDown();
            await(released);
        }));
        MlflowTracking tracking = MlflowTracking.start(clients.client(), "studies", STUDY);
        tracking.send(new Started(0, Clients.NOW, Map.of()));
        asked.await();

        // Were one of these to wait for the server, this would hang: it is released after them.
        for (int step = 0; step < 5000; step++) {
            tracking.send(new Measured(0, Clients.NOW, "logloss", 0.5, step));
        }
        released.countDown();

        assertThat(tracking.finish(RunStatus.FINISHED, END, PATIENCE)).isEqualTo(new TrackingOutcome(5002, 0));
        assertThat(run("trial 0").metrics).hasSize(5000);
        assertThat(server.requests("runs/log-batch").size()).isLessThan(12);
    }

    @Test
    void aServerThatIsDownCostsOneWarningAndWhatWasNotSentIsCounted() throws InterruptedException {
        CountDownLatch triedTwice = new CountDownLatch(2);
        MlflowClient client = new MlflowClient(
                clients.connection(new Credentials.Anonymous()).with(new Retries(0, Duration.ZERO)),
                wait -> triedTwice.countDown(),
                Clients.CLOCK);
        server.close();
        MlflowTracking tracking = MlflowTracking.start(client, "studies", STUDY);
        for (int trial = 0; trial < 20; trial++) {
            tracking.send(new Started(trial, Clients.NOW, Map.of()));
        }

        triedTwice.await();
        TrackingOutcome outcome = tracking.finish(RunStatus.FINISHED, END, Duration.ofMillis(1));

        assertThat(outcome).isEqualTo(new TrackingOutcome(0, 21));
        assertThat(outcome.text()).isEqualTo("MLflow has 0 updates of the study; 21 were not sent");
        assertThat(warnings.texts).hasSize(1);
        assertThat(warnings.texts.get(0))
                .startsWith(
                        "Cannot show all of study 'card-fraud' at MLflow, and the search goes on without that: MLflow at")
                .contains("ConnectException");
    }

    @Test
    void aServerThatComesBackGetsEverything() {
        server.fail(
                "runs/create",
                Stream.generate(() -> Fault.status(503)).limit(20).toArray(Fault[]::new));
        MlflowTracking tracking = MlflowTracking.start(clients.client(), "studies", STUDY);
        for (int trial = 0; trial < 5; trial++) {
            tracking.send(new Started(trial, Clients.NOW, Map.of("eta", "0.1")));
        }

        assertThat(tracking.finish(RunStatus.FINISHED, END, PATIENCE)).isEqualTo(new TrackingOutcome(6, 0));
        assertThat(server.tracking.runs()).hasSize(6);
        assertThat(warnings.texts).hasSize(1);
    }

    @Test
    void whatTheServerRefusesIsCountedAndTheRestIsSent() {
        MlflowTracking tracking = MlflowTracking.start(clients.client(), "studies", STUDY);
        server.fail("runs/log-batch", new Fault.Meanwhile(() -> {}), new Fault.Answer(400, Map.of(), "no"));
        tracking.send(new Started(0, Clients.NOW, Map.of("eta", "0.1")));
        tracking.send(new Started(1, Clients.NOW, Map.of("eta", "0.1")));

        assertThat(tracking.finish(RunStatus.FAILED, END, PATIENCE)).isEqualTo(new TrackingOutcome(2, 1));
        assertThat(run("card-fraud").status()).isEqualTo("FAILED");
        assertThat(warnings.texts).hasSize(1);
    }

    @Test
    void whatDoesNotFitIntoTheQueueIsCounted() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        server.fail("experiments/get-by-name", new Fault.Meanwhile(() -> {
            asked.countDown();
            await(released);
        }));
        MlflowTracking tracking = MlflowTracking.start(clients.client(), "studies", STUDY, 10);
        tracking.send(new Started(0, Clients.NOW, Map.of()));
        asked.await();
        for (int step = 0; step < 25; step++) {
            tracking.send(new Measured(0, Clients.NOW, "logloss", 0.5, step));
        }
        released.countDown();

        assertThat(tracking.finish(RunStatus.FINISHED, END, PATIENCE)).isEqualTo(new TrackingOutcome(12, 15));
        assertThat(warnings.texts).hasSize(1);
        tracking.send(new Started(1, Clients.NOW, Map.of()));
        assertThat(server.tracking.runs()).hasSize(2);
    }

    @Test
    void aStudyWithoutAnIdentityIsRefused() {
        assertThatThrownBy(() -> new TrackedStudy("s", " ", Clients.NOW, Map.of(), Map.of()))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot track study 's' of identity ' ': give both");
    }

    private TrackingState.ServedRun run(String name) {
        return server.tracking.runs().stream()
                .filter(run -> run.info.get("run_name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was logged. */
    private static final class Warnings extends Handler {
        private final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            texts.add(new SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
