package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.trainyard.registry.RegistryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowClientTest {
    private final Clients clients = new Clients();
    private final MlflowServer server = clients.server;
    private final MlflowClient client = clients.client();

    @AfterEach
    void stop() {
        clients.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunIsMadeOnceWhenTheConnectionBreaks(boolean isWorkDone) {
        Experiment experiment = client.experiments().named("e");
        server.fail("runs/create", new Fault.Cut(isWorkDone));

        Run run = client.runs().ensure(experiment, "study 1", "first", Clients.NOW, Map.of("team", "risk"));

        assertThat(server.tracking.runs()).hasSize(1);
        assertThat(run.tags()).containsEntry("team", "risk");
        assertThat(run.artifacts()).isEqualTo("mlflow-artifacts:/1/" + run.id() + "/artifacts");
        assertThat(client.runs().ensure(experiment, "study 1", "again", Clients.NOW, Map.of()))
                .isEqualTo(run);
        assertThat(client.runs()
                        .ensure(experiment, "study 2", "other", Clients.NOW, Map.of())
                        .id())
                .isNotEqualTo(run.id());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aModelAndAnExperimentAreMadeOnceWhenTheConnectionBreaks(boolean isWorkDone) {
        server.fail("experiments/create", new Fault.Cut(isWorkDone));
        server.fail("registered-models/create", new Fault.Cut(isWorkDone));

        assertThat(client.experiments().named("e").id()).isEqualTo("1");
        assertThat(client.models().ensure("fraud", Map.of("a", "b")).tags()).isEqualTo(Map.of("a", "b"));
        assertThat(server.tracking.experiments).hasSize(1);
        assertThat(server.registry.models).hasSize(1);
    }

    @Test
    void whatSomebodyElseMadeMeanwhileIsUsed() {
        server.fail(
                "experiments/create",
                new Fault.Meanwhile(() -> clients.client().experiments().named("e")));
        server.fail(
                "registered-models/create",
                new Fault.Meanwhile(() -> clients.client().models().ensure("fraud", Map.of("by", "bob"))));

        assertThat(client.experiments().named("e").id()).isEqualTo("1");
        assertThat(client.models().ensure("fraud", Map.of("by", "alice")).tags())
                .isEqualTo(Map.of("by", "bob"));
    }

    @Test
    void anExperimentInTheBinIsNotUsed() {
        client.experiments().named("e");
        server.tracking.experiments.get("e").put("lifecycle_stage", "deleted");

        assertThatThrownBy(() -> client.experiments().named("e"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot use experiment 'e': it is deleted; restore it");
    }

    @Test
    void batchesKeepWithinTheServersLimits() {
        Run run = run();
        Map<String, String> params = new HashMap<>();
        Map<String, String> tags = new HashMap<>();
        List<Metric> metrics = new ArrayList<>();
        for (int number = 0; number < 2500; number++) {
            metrics.add(new Metric("loss", 1.0 / (1 + number), Clients.NOW, number));
            if (number < 250) {
                params.put("p" + number, "v");
                tags.put("t" + number, "v");
            }
        }

        client.runs().log(run.id(), metrics, params, tags);

        assertThat(server.requests("runs/log-batch")).hasSize(3 + 3 + 3);
        assertThat(served(run).params).hasSize(250);
        assertThat(served(run).metrics).hasSize(2500);
        assertThat(client.runs().find(run.id()).orElseThrow().tags()).containsEntry("t249", "v");
    }

    @Test
    void numbersThatJsonHasNotGoAsTexts() {
        Run run = run();
        client.runs()
                .log(
                        run.id(),
                        List.of(
                                new Metric("a", Double.NaN, Clients.NOW, 0),
                                new Metric("a", Double.POSITIVE_INFINITY, Clients.NOW, 1),
                                new Metric("a", Double.NEGATIVE_INFINITY, Clients.NOW, 2),
                                new Metric("a", 0.5, Clients.NOW, 3)),
                        Map.of(),
                        Map.of());

        assertThat(served(run).metrics)
                .extracting(metric -> metric.get("value").toString())
                .containsExactly("\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "0.5");
        assertThat(served(run).metrics.get(0).get("timestamp").isNumber()).isTrue();
    }

    @Test
    void whatIsTooLongIsCutAndWhatIsNoKeyIsMadeOne() {
        Run run = run();
        client.runs()
                .log(
                        run.id(),
                        List.of(new Metric("f1@0.5", 1, Clients.NOW, 0)),
                        Map.of("long", "x".repeat(5999) + "😀", "k".repeat(300), "v", "../up", "v"),
                        Map.of("tag", "y".repeat(9000)));
        client.runs().tag(run.id(), "note", "z".repeat(8001));
        client.runs()
                .inputs(run.id(), List.of(new DatasetInput("n".repeat(600), "d".repeat(64), "t", "{}", "training")));

        TrackingState.ServedRun served = served(run);
        assertThat(served.params).containsEntry("long", "x".repeat(5999) + "…").containsKey("_._up");
        assertThat(served.params.keySet()).allMatch(key -> key.length() <= 250);
        assertThat(served.tags.get("tag")).hasSize(8000).endsWith("…");
        assertThat(served.tags.get("note")).hasSize(8000);
        assertThat(served.metrics.get(0).get("key").asText()).isEqualTo("f1_0.5");
        JsonNode dataset = served.inputs.get(0).get("dataset");
        assertThat(dataset.get("digest").asText()).isEqualTo("d".repeat(36));
        assertThat(dataset.get("name").asText()).hasSize(500);
    }

    @Test
    void aParameterThatHasAnotherValueIsRefused() {
        Run run = run();
        client.runs().log(run.id(), List.of(), Map.of("eta", "0.1"), Map.of());
        client.runs().log(run.id(), List.of(), Map.of("eta", "0.1"), Map.of());

        assertThatThrownBy(() -> client.runs().log(run.id(), List.of(), Map.of("eta", "0.2"), Map.of()))
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("(400 INVALID_PARAMETER_VALUE: Changing param values is not allowed.");
    }

    @Test
    void aRunEndsAndIsFoundWithItsStatus() {
        Run run = run();
        client.runs().end(run.id(), RunStatus.FAILED, Clients.NOW);

        assertThat(client.runs().find(run.id()).orElseThrow().status()).isEqualTo(RunStatus.FAILED);
        assertThat(client.runs().find("0")).isEmpty();
    }

    @Test
    void everyPageIsRead() {
        server.registry.mostInPage = 2;
        server.tracking.mostInPage = 2;
        Experiment experiment = client.experiments().named("e");
        for (int number = 1; number <= 5; number++) {
            client.models().ensure("model-" + number, Map.of());
            Run run = client.runs().ensure(experiment, "run " + number, "r", Clients.NOW, Map.of("group", "g"));
            client.versions().create("model-1", run.artifacts() + "/model", run.id(), Map.of(), Optional::empty);
        }

        assertThat(client.models().all()).hasSize(5);
        assertThat(client.versions().of("model-1"))
                .extracting(MlflowVersion::number)
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(client.runs().search(experiment, "tags.`group` = 'g'")).hasSize(5);
    }

    @Test
    void aPageThatComesAgainEndsTheSearch() {
        Fault.Answer page = new Fault.Answer(200, Map.of(), "{\"next_page_token\":\"x\"}");
        server.fail("registered-models/search", page, page);

        assertThatThrownBy(() -> client.models().all())
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("it gives the page 'x' a second time");
    }

    @Test
    void anAliasComesAndGoes() {
        client.models().ensure("fraud", Map.of());
        Run run = run();
        client.versions().create("fraud", run.artifacts() + "/model", run.id(), Map.of(), Optional::empty);
        assertThat(client.models().byAlias("fraud", "champion")).isEmpty();

        client.models().setAlias("fraud", "champion", 1);
        client.versions().tag("fraud", 1, "checked", "yes");

        MlflowVersion version = client.models().byAlias("fraud", "champion").orElseThrow();
        assertThat(version.number()).isEqualTo(1);
        assertThat(version.tags()).isEqualTo(Map.of("checked", "yes"));
        assertThat(client.models().find("fraud").orElseThrow().aliases()).isEqualTo(Map.of("champion", 1));
        client.models().deleteAlias("fraud", "champion");
        assertThat(client.models().find("fraud").orElseThrow().aliases()).isEmpty();
        assertThat(client.models().byAlias("churn", "champion")).isEmpty();
        assertThatThrownBy(() -> client.models().setAlias("fraud", "champion", 2))
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("404 RESOURCE_DOES_NOT_EXIST: Model Version (name=fraud, version=2) not found");
    }

    @Test
    void aModelIsDeleted() {
        client.models().ensure("fraud", Map.of());
        client.models().delete("fraud");

        assertThat(client.models().all()).isEmpty();
        assertThatThrownBy(() -> client.models().delete("fraud"))
                .isInstanceOf(MlflowException.class)
                .hasMessageContaining("404 RESOURCE_DOES_NOT_EXIST");
    }

    private Run run() {
        return client.runs().ensure(client.experiments().named("e"), "run", "r", Clients.NOW, Map.of());
    }

    private TrackingState.ServedRun served(Run run) {
        return server.tracking.runs.get(run.id());
    }
}
