package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactsTest {
    @TempDir
    private Path folder;

    private final Clients clients = new Clients();
    private final MlflowServer server = clients.server;
    private final Artifacts artifacts = clients.client().artifacts();

    @AfterEach
    void stop() {
        clients.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/run/artifacts/model.ubj", "1/run/Zürich + Bern & so=1/a b.txt"})
    void aFileComesBackAsItWent(String path) throws IOException {
        byte[] content = new byte[3 << 20];
        content[17] = -1;
        Path file = Files.write(folder.resolve("file"), content);

        artifacts.put(path, file);
        artifacts.get(path, folder.resolve("back"), content.length);

        assertThat(server.artifacts.files).containsOnlyKeys(path);
        assertThat(folder.resolve("back")).hasBinaryContent(content);
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        artifacts.put("1/r/_SUCCESS", Files.createFile(folder.resolve("_SUCCESS")));
        artifacts.get("1/r/_SUCCESS", folder.resolve("back"), 0);

        assertThat(folder.resolve("back")).isEmptyFile();
        assertThat(artifacts.list("1/r")).containsExactly(new ArtifactFile("_SUCCESS", false, 0));
    }

    @Test
    void aFolderIsListed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "four");
        artifacts.put("1/r/a", file);
        artifacts.put("1/r/sub/deep/b", file);

        assertThat(artifacts.list("1/r"))
                .containsExactlyInAnyOrder(new ArtifactFile("a", false, 4), new ArtifactFile("sub", true, 0));
        assertThat(artifacts.list("2")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2fsecret",
                "%2e%2e/secret",
                "1/..%252f..%252fsecret",
                "../secret",
                "1/../../secret",
                "/etc/passwd",
                "1//2",
                "1/./2",
                "1/",
                "",
                "1\\..\\2",
                "file:1",
                "1?x",
                "1#x",
                "1\u0000x"
            })
    void aPathThatCouldLeadElsewhereIsNotSent(String path) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> artifacts.put(path, file))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("as the path of an artifact");
        assertThatThrownBy(() -> artifacts.get(path, folder.resolve("back"), 1)).isInstanceOf(RegistryException.class);
        assertThatThrownBy(() -> artifacts.list(path)).isInstanceOf(RegistryException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aNameFromTheServerThatCouldLeadElsewhereIsRefused() {
        server.fail(
                "mlflow-artifacts/artifacts",
                new Fault.Answer(200, Map.of(), "{\"files\":[{\"path\":\"a/..\",\"is_dir\":true}]}"));

        assertThatThrownBy(() -> artifacts.list("1"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot use '..' as the path of an artifact");
    }

    @Test
    void aFileThatIsLargerThanItShouldBeIsNotTaken() throws IOException {
        artifacts.put("1/big", Files.writeString(folder.resolve("file"), "12345"));

        assertThatThrownBy(() -> artifacts.get("1/big", folder.resolve("back"), 4))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("it is larger than 4 bytes");
        assertThat(server.requests("1/big")).hasSize(2);
    }

    @Test
    void aTransferThatBreaksBeginsAnew() throws IOException {
        server.fail("1/file", new Fault.Cut(false), new Fault.Cut(true), Fault.status(502));
        artifacts.put("1/file", Files.writeString(folder.resolve("file"), "content"));
        server.fail("1/file", new Fault.Cut(true), Fault.status(502));
        artifacts.get("1/file", folder.resolve("back"), 7);

        assertThat(folder.resolve("back")).hasContent("content");
    }
}
