package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.Orders;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import io.trainyard.registry.mlflow.MlflowServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline whose models are at MLflow, by a server that answers as MLflow's does. */
@ExtendWith(SparkExtension.class)
class MlflowPipelineTest {
    private static final int TRIALS = 3;
    private static final int NEW_ROWS = 20;

    private final SparkSession spark;
    private final MlflowServer server = MlflowServer.start();
    private Workspace workspace;
    private Path pipeline;

    MlflowPipelineTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void fill(@TempDir Path folder) throws IOException {
        workspace = new Workspace(folder);
        workspace.addOrders(spark, Orders.rows(0, 600), 2);
        workspace.newOrders(spark, Orders.rows(10_000, NEW_ROWS));
        pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
                search: {trials: %d, rounds: 20, seed: 3}
                register: {registry: mlflow, promote_if: [{min: {roc_auc: 0.6}}, {not_worse_than: champion, margin: 1}]}
                """.formatted(TRIALS));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Answer run(Object... arguments) {
        return Program.runWith(Map.of("MLFLOW_TRACKING_URI", server.address()), arguments);
    }

    @Test
    void versionsAndStudiesAreAtMlflow() throws IOException {
        Answer first = run("run", pipeline, "--json");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("registered orders version 1", "champion is now version 1", "MLflow has all ");
        assertThat(first.json().at("/score/rows").asInt()).isEqualTo(NEW_ROWS);
        assertThat(server.count("/runs/create"))
                .as("the study, its trials, the registration")
                .isEqualTo(1 + TRIALS + 1);
        assertThat(workspace.warehouse().resolve("registry")).doesNotExist();
        assertThat(run("models", "verify", pipeline).code()).isZero();

        Answer again = run("run", pipeline, "--json");
        assertThat(again.json().at("/reused").asBoolean()).isTrue();

        workspace.addOrders(spark, Orders.rows(600, 200), 1);
        Answer second = run("train", pipeline);
        assertThat(second.err()).contains("registered orders version 2", "champion is now version 2");
        assertThat(run("models", "rollback", pipeline, "--reason", "complaints").out())
                .contains("champion is version 1 again");
        assertThat(run("models", "list", pipeline).out()).contains("orders");
    }

    @Test
    void whatIsInTheWarehouseIsBroughtThereOnce() throws IOException, GeneralSecurityException {
        String path = "register.registry=path";
        assertThat(run("train", pipeline, "--set", path).code()).isZero();
        assertThat(server.count("/runs/create")).isZero();

        SigningKeys.write(pipeline.getParent(), "alice");
        Answer unsigned =
                run("models", "sync", pipeline, "--set", path, "--to", "mlflow", "--set", "register.trust=[alice.pub]");
        assertThat(unsigned.code()).isEqualTo(2);
        assertThat(unsigned.err()).contains("only what one of the keys ");
        assertThat(server.count("/runs/create")).isZero();

        Answer synced = run("models", "sync", pipeline, "--set", path, "--to", "mlflow");

        assertThat(synced.code()).as(synced.err()).isZero();
        assertThat(synced.out())
                .contains(
                        "version 1 became version 1",
                        "champion was moved to the same version there",
                        ": MLflow has all ");
        assertThat(server.count("/runs/create"))
                .as("the study, its trials, the registration")
                .isEqualTo(1 + TRIALS + 1);
        assertThat(run("models", "verify", pipeline).out()).contains("orders version 1 is intact");
        assertThat(run("models", "history", pipeline).out()).contains("version 1 as champion\n", "synced: passed: ");

        Answer again = run("models", "sync", pipeline, "--set", path, "--to", "mlflow", "--json");

        assertThat(again.json().at("/versions/1/new").asBoolean()).isFalse();
        assertThat(again.json().at("/aliases/champion").asText()).isEqualTo("equal");
        assertThat(again.json().at("/studies").iterator().next().at("/not_sent").asInt())
                .isZero();
        assertThat(server.count("/runs/create")).isEqualTo(1 + TRIALS + 1);
        assertThat(run("models", "sync", pipeline, "--set", path).out()).contains("nothing to sync");
    }

    @Test
    void modelsCanBeInUnityCatalog() throws IOException {
        Answer first = inCatalog("run", pipeline);

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err())
                .contains("registered main.ml.orders version 1", "champion is now version 1", "MLflow has all ");
        assertThat(server.count("model-versions/finalize")).isEqualTo(1);
        assertThat(inCatalog("train", pipeline, "--json").json().at("/reused").asBoolean())
                .isTrue();
        workspace.addOrders(spark, Orders.rows(600, 200), 1);
        assertThat(inCatalog("train", pipeline).err())
                .contains("registered main.ml.orders version 2", "champion is now version 2");

        assertThat(inCatalog("models", "list", pipeline).out()).contains("main.ml.orders");
        assertThat(inCatalog("models", "show", pipeline).out()).contains("version 2");
        assertThat(inCatalog("models", "compare", pipeline, "1", "2").code()).isZero();
        assertThat(inCatalog("models", "verify", pipeline).out()).contains("main.ml.orders version 2 is intact");
        assertThat(inCatalog("models", "rollback", pipeline, "--reason", "complaints")
                        .out())
                .contains("champion is version 1 again");
        assertThat(inCatalog("models", "history", pipeline).out()).contains("passed", "complaints");
    }

    @Test
    void whatUnityCatalogCannotDoIsToldBeforeAnythingIsDone() {
        Answer named = inCatalog("train", pipeline, "--set", "register.model=orders");
        assertThat(named.code()).isEqualTo(2);
        assertThat(named.err())
                .contains("Cannot use 'orders' as the name of a model in Unity Catalog")
                .doesNotContain("Search");

        for (String command : new String[] {"retain", "retrain", "train"}) {
            Answer retained = inCatalog(command, pipeline, "--set", "retention.bundles=1");
            assertThat(retained.code()).as(command).isEqualTo(2);
            assertThat(retained.err())
                    .contains("Cannot remove files of versions in Unity Catalog", "retention.bundles");
        }
        assertThat(server.count("")).isZero();
    }

    private Answer inCatalog(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("register.model=orders")) {
            all.addAll(List.of("--set", "register.model=main.ml.orders"));
        }
        Map<String, String> environment = Map.of(
                "MLFLOW_TRACKING_URI", "databricks",
                "MLFLOW_REGISTRY_URI", "databricks-uc",
                "DATABRICKS_HOST", server.address(),
                "DATABRICKS_TOKEN", "dapi-secret");
        return Program.runWith(environment, all.toArray());
    }

    @Test
    void aServerThatIsNotNamedIsAskedFor() {
        Answer answer = Program.run("train", pipeline);

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err())
                .contains("Cannot connect to MLflow: MLFLOW_TRACKING_URI is not set; set it to the server's address");
    }
}
