package io.trainyard.jobs.storage;

import io.trainyard.registry.file.RegistryStorage;
import io.trainyard.registry.file.RegistryStorageContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class HadoopRegistryStorageTest {

    @TempDir
    private java.nio.file.Path directory;

    @Nested
    class ByRename extends RegistryStorageContract {
        @Override
        protected RegistryStorage storage() {
            return open(Exclusion.RENAME);
        }
    }

    @Nested
    class ByConditionalPut extends RegistryStorageContract {
        @Override
        protected RegistryStorage storage() {
            return open(Exclusion.CONDITIONAL_PUT);
        }
    }

    @Nested
    class ByPut extends RegistryStorageContract {
        @Override
        protected RegistryStorage storage() {
            return open(Exclusion.PUT);
        }
    }

    private RegistryStorage open(Exclusion exclusion) {
        try {
            return new HadoopRegistryStorage(AtomicFileSystem.folder(directory, exclusion));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
