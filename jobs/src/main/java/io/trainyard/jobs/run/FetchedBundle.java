package io.trainyard.jobs.run;

import io.trainyard.jobs.config.RegisterConfig;
import io.trainyard.jobs.config.binding.DataPath;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.TrustedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The bundle of a registered version on this machine, held to its digests, and to a signature where the pipeline trusts some keys alone.
 * Its files are gone when this is closed.
 */
public record FetchedBundle(Bundle bundle, LocalFolder folder) implements AutoCloseable {
    /** @throws io.trainyard.registry.RegistryException if a file is not what it was, or nobody who is trusted has signed it */
    public static FetchedBundle of(ModelRegistry registry, RegisterConfig config, ModelVersion version)
            throws IOException {
        LocalFolder folder = LocalFolder.create();
        try {
            Path fetched = folder.path().resolve("bundle");
            registry.fetch(version, fetched);
            return new FetchedBundle(open(fetched, config), folder);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** A bundle that is on this machine already, held to the same. */
    public static Bundle open(Path fetched, RegisterConfig config) {
        List<Path> trusted =
                config.trust().stream().map(DataPath::resolved).map(Path::of).toList();
        return trusted.isEmpty() ? Bundle.open(fetched) : Bundle.open(fetched, TrustedKeys.read(trusted));
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
