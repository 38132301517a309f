package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.KeyFiles;
import io.trainyard.registry.bundle.SampleBundle;
import io.trainyard.registry.file.LocalStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Artifacts that are not what, or where, they should be. */
class MlflowFetchTest {
    @TempDir
    private Path folder;

    private final Clients clients = new Clients();
    private final MlflowServer server = clients.server;

    @AfterEach
    void stop() {
        clients.close();
    }

    @Test
    void aFileThatWasTamperedWithIsNotFetched() throws IOException {
        ModelVersion version = register("fraud", "f1");
        server.artifacts.files.replaceAll((path, content) ->
                path.endsWith("model.ubj") ? "Booster of fraud f1".getBytes(StandardCharsets.UTF_8) : content);

        assertThatThrownBy(() -> registry("alice").fetch(version, folder.resolve("fetched")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("file 'model.ubj' has digest");
        assertThat(folder.resolve("fetched")).doesNotExist();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }

    @Test
    void aBundleInPlaceOfAnotherIsNotFetched() {
        ModelVersion first = register("fraud", "f1");
        ModelVersion second = register("fraud", "f2");
        server.registry.models.get("fraud").versions.get(2).info.put("source", first.location());

        assertThatThrownBy(() -> registry("alice").fetch(second, folder.resolve("fetched")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(
                        "the bundle's digest is %s, expected %s".formatted(first.digest(), second.digest()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mlflow-artifacts:/1/..%2f..%2fetc",
                "mlflow-artifacts:/../etc",
                "mlflow-artifacts://other.example/1/2/artifacts/model",
                "file:///etc",
                "s3://bucket/model",
                "/etc",
                "no uri"
            })
    void aSourceThatLeadsElsewhereIsNotFollowed(String source) {
        ModelVersion version = register("fraud", "f1");
        server.registry.models.get("fraud").versions.get(1).info.put("source", source);
        int before = server.requests().size();

        assertThatThrownBy(() -> registry("alice").fetch(version, folder.resolve("fetched")))
                .isInstanceOf(RegistryException.class);
        assertThat(server.requests()).hasSize(before + 1);
    }

    @Test
    void artifactsThatTheServerDoesNotPassOnGoThroughAStorage() throws IOException {
        server.tracking.artifactRoot = "s3://bucket";
        assertThatThrownBy(() -> register("fraud", "f1"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot reach the artifacts in s3://bucket/1/")
                .hasMessageContaining("there is no storage for 's3:' here");
        ModelRegistry registry = new MlflowRegistry(
                clients.client(),
                "cards",
                Clients.CLOCK,
                "alice",
                uri -> new LocalStorage(folder.resolve("bucket" + uri.getPath())));
        Bundle bundle = SampleBundle.write(folder.resolve("b"), "booster");
        KeyFiles keys = KeyFiles.create(folder, "alice");
        keys.signer().sign(bundle);

        ModelVersion version = registry.register("fraud", bundle.directory(), "f1", Map.of());
        registry.fetch(version, folder.resolve("fetched"));

        assertThat(Bundle.open(folder.resolve("fetched"), keys.trusted()).digest())
                .isEqualTo(bundle.digest());
        assertThat(server.artifacts.files).isEmpty();
    }

    private ModelRegistry registry(String actor) {
        return clients.registry(actor);
    }

    private ModelVersion register(String model, String fingerprint) {
        Path directory = folder.resolve("made-" + model + "-" + fingerprint);
        SampleBundle.write(directory, "booster of " + model + " " + fingerprint);
        return registry("alice").register(model, directory, fingerprint, Map.of());
    }
}
