package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.Golden;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.SampleBundle;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored in tags, as it was released. */
class StoredTagsTest {
    private static final Move MOVE =
            new Move(3, "5f2c", Clients.NOW, "älice", true, "champion", 1, 2, 4, "drift \"of\" Ort");

    /** Of a bundle as it was then. */
    private static final String DIGEST = "6303b3dac0cf9c2b63d85b5b76cd67c9eb79a43b6fa99be17d36690c0ad159a7";

    @TempDir
    private Path folder;

    @Test
    void aVersionIsWrittenAsItWasReleased() {
        assertThat(document().replace(bundle().digest(), DIGEST)).isEqualTo(golden("mlflow-version-1.json"));
    }

    @Test
    void aVersionIsReadAsItWasReleased() {
        MlflowVersion found = new MlflowVersion(
                "fraud",
                7,
                "mlflow-artifacts:/1/2/artifacts/model",
                "2",
                MlflowVersion.READY,
                Map.of("trainyard.version.0", golden("mlflow-version-1.json")));

        StoredVersion stored = VersionTags.read(found).orElseThrow();

        assertThat(stored.actor()).isEqualTo("älice");
        assertThat(stored.runId()).isEqualTo("2");
        assertThat(stored.version())
                .isEqualTo(new ModelVersion(
                        "fraud",
                        7,
                        DIGEST,
                        "mlflow-artifacts:/1/2/artifacts/model",
                        Clients.NOW,
                        "f1",
                        SampleBundle.METADATA.scores(),
                        SampleBundle.LINEAGE,
                        Map.of("team", "risk")));
    }

    @Test
    void aMoveIsWrittenAndReadAsItWasReleased() {
        assertThat(MoveJson.write(MOVE)).isEqualTo(golden("mlflow-move-1.json"));
        assertThat(MoveJson.read("fraud", golden("mlflow-move-1.json"))).isEqualTo(MOVE);
    }

    @Test
    void aMoveFitsIntoATagWhateverIsSaidInIt() {
        String loud = "\"\\\n\u0001".repeat(5000);
        Move move = new Move(1, "x".repeat(36), Clients.NOW, loud, false, "a".repeat(128), 1, 0, 1, loud);

        String text = MoveJson.write(move);

        assertThat(text.length()).isLessThan(Limits.REGISTRY_TAG);
        assertThat(MoveJson.read("fraud", text)).isEqualTo(move);
    }

    @Test
    void aVersionWhoseTagsWereChangedIsNamed() {
        Map<String, String> tags =
                new TreeMap<>(Map.of("trainyard.version.0", document().substring(0, 90)));
        MlflowVersion found = new MlflowVersion("fraud", 7, "s", "2", MlflowVersion.READY, tags);

        assertThatThrownBy(() -> VersionTags.read(found))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("Cannot read the tags of version 7 of model 'fraud': not valid JSON");
    }

    private String document() {
        return VersionTags.write(bundle(), Clients.NOW, "älice", "f1", Map.of("team", "risk"))
                .get("trainyard.version.0");
    }

    private Bundle bundle() {
        return SampleBundle.write(folder.resolve("bundle"), "booster");
    }

    private static String golden(String name) {
        return Golden.text(name).strip();
    }
}
