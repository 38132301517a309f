package io.trainyard.registry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStorageTest extends RegistryStorageContract {
    @TempDir
    Path folder;

    @Override
    protected RegistryStorage storage() {
        return new LocalStorage(folder.resolve("registry"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "/outside", "a/../../outside"})
    void aPathStaysInside(String path) {
        assertThatThrownBy(() -> storage().createIfAbsent(path, InputStream.nullInputStream()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leads out of");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nothingIsLeftInStaging() throws IOException {
        storage().createIfAbsent("a", new ByteArrayInputStream(new byte[10]));
        storage().createIfAbsent("a", new ByteArrayInputStream(new byte[10]));

        assertThat(folder.resolve("registry/.staging")).isEmptyDirectory();
        assertThat(storage().list("")).containsExactly("a");
        assertThat(Files.size(folder.resolve("registry/a"))).isEqualTo(10);
    }
}
