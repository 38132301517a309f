package io.trainyard.registry.file;

import io.trainyard.registry.ConflictException;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.SampleBundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * A process of its own that registers bundles: {@code ROOT WORK ACTOR COUNT}, or {@code ROOT WORK ACTOR die}. It
 * promotes each to the alias {@code newest-ACTOR}, and says {@code FINGERPRINT VERSION} when both are done.
 */
final class RegisteringProcess {
    private static final int DIED = 99;

    private RegisteringProcess() {}

    static Process start(Path root, Path work, String actor, String mode) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegisteringProcess.class.getName(),
                        root.toString(),
                        work.toString(),
                        actor,
                        mode)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) {
        Path work = Path.of(arguments[1]);
        String actor = arguments[2];
        LocalStorage storage = new LocalStorage(Path.of(arguments[0]));
        boolean dies = arguments[3].equals("die");
        PathRegistry registry = new PathRegistry(dies ? new DyingStorage(storage) : storage, Clock.systemUTC(), actor);
        int count = dies ? 1 : Integer.parseInt(arguments[3]);
        for (int run = 0; run < count; run++) {
            String fingerprint = actor + "-" + run;
            ModelVersion version = register(registry, work.resolve(fingerprint), fingerprint);
            promote(registry, "newest-" + actor, version.number());
            System.out.println(fingerprint + " " + version.number());
        }
    }

    private static ModelVersion register(ModelRegistry registry, Path bundle, String fingerprint) {
        SampleBundle.write(bundle, "booster " + fingerprint);
        return registry.register("fraud", bundle, fingerprint, Map.of());
    }

    /** Whoever begins again finds the alias at a later version than that of his first runs. */
    private static void promote(ModelRegistry registry, String alias, int version) {
        int holder = registry.byAlias("fraud", alias).map(ModelVersion::number).orElse(ModelRegistry.NO_VERSION);
        if (holder >= version) {
            return;
        }
        try {
            registry.promote("fraud", alias, version, holder, "newer");
        } catch (ConflictException e) {
            throw new IllegalStateException("nobody else moves the alias " + alias, e);
        }
    }

    /** A storage whose process dies at the first event, when all files of the bundle are there. */
    private record DyingStorage(RegistryStorage storage) implements RegistryStorage {
        @Override
        public boolean createIfAbsent(String path, InputStream content) throws IOException {
            if (path.contains("/events/")) {
                Runtime.getRuntime().halt(DIED);
            }
            return storage.createIfAbsent(path, content);
        }

        @Override
        public List<String> list(String folder) throws IOException {
            return storage.list(folder);
        }

        @Override
        public InputStream read(String path) throws IOException {
            return storage.read(path);
        }

        @Override
        public void delete(String folder) throws IOException {
            storage.delete(folder);
        }

        @Override
        public String uri(String path) {
            return storage.uri(path);
        }
    }
}
