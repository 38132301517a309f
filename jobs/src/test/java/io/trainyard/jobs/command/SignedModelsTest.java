package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.Orders;
import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.Workspace;
import io.trainyard.jobs.command.Program.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who made a model, what is in its bundle for people and for Python, and whose models are used. */
@ExtendWith(SparkExtension.class)
class SignedModelsTest {
    private static final String SIGN = "register.sign={private_key: alice.pem, public_key: alice.pub}";

    private final SparkSession spark;

    SignedModelsTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void onlyWhatATrustedKeyHasSignedIsUsed(@TempDir Path folder) throws Exception {
        Workspace workspace = new Workspace(folder);
        workspace.addOrders(spark, Orders.rows(0, 400), 1);
        workspace.newOrders(spark, Orders.rows(10_000, 20));
        Path pipeline = workspace.pipeline("""
                training: {rows: orders, key: order_id, label: returned, drop: [status, days]}
                search: {trials: 1, rounds: 10}
                """);
        SigningKeys.write(folder, "alice");
        SigningKeys.write(folder, "mallory");

        Answer trained = Program.run("train", pipeline, "--set", SIGN);

        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("signed by the key ");
        assertThat(run(pipeline, "alice.pub", "models", "verify").out()).contains("orders version 1 is intact");
        Answer refused = run(pipeline, "mallory.pub", "score");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("it is signed by the key", "add the key if you trust who has it");
        assertThat(workspace.warehouse().resolve("predictions")).doesNotExist();
        Answer scored = run(pipeline, "alice.pub", "score");
        assertThat(scored.code()).as(scored.err()).isZero();

        Path bundle = bundle(workspace);
        assertThat(bundle.resolve("card.md")).content().startsWith("# orders\n").contains("## Test", "roc_auc");
        assertThat(bundle.resolve("card.html")).content().contains("<h1>orders</h1>");
        assertThat(bundle.resolve("input_example.json")).content().contains("\"columns\"", "\"amount\"", "\"data\"");
        assertThat(bundle.resolve("MLmodel")).content().contains("artifact_path: \"input_example.json\"");

        Answer nobody = Program.run(
                "train",
                pipeline,
                "--set",
                "register.sign={private_key: no.pem, public_key: alice.pub}",
                "--set",
                "search.rounds=12");
        assertThat(nobody.code()).as(nobody.err()).isNotZero();
        assertThat(nobody.err()).contains("no.pem");
        assertThat(Program.run("models", "list", pipeline).out()).doesNotContain("version 2");
    }

    private static Answer run(Path pipeline, String trusted, String... command) throws IOException {
        List<Object> arguments = Stream.concat(
                        Stream.<Object>of((Object[]) command),
                        Stream.of(pipeline, "--set", "register.trust=[%s]".formatted(trusted)))
                .toList();
        return Program.run(arguments.toArray());
    }

    private static Path bundle(Workspace workspace) throws IOException {
        try (Stream<Path> bundles = Files.list(workspace.warehouse().resolve("registry/models/orders/bundles"))) {
            return bundles.findFirst().orElseThrow();
        }
    }
}
