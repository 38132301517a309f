package io.trainyard.registry.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import io.trainyard.registry.bundle.Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that register on one model are killed, and begin again: nothing that was acknowledged is lost. */
class KilledRegistrationsTest {
    @TempDir
    private Path folder;

    /** By fingerprint: the number that a process said before it was killed. */
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

    private ModelRegistry registry() {
        return new PathRegistry(new LocalStorage(folder.resolve("registry")), Clock.systemUTC(), "reader");
    }

    @Test
    void threeProcessesTimesEightAreThereOnce() throws Exception {
        registerAll(3, 8, 1);
    }

    @Test
    @Tag("slow")
    void eightProcessesTimesFiftyAreThereOnce() throws Exception {
        registerAll(8, 50, 4);
    }

    private void registerAll(int processes, int registrations, int kills)
            throws InterruptedException, ExecutionException {
        ExecutorService actors = Executors.newFixedThreadPool(processes);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int actor = 0; actor < processes; actor++) {
                String name = "actor" + actor;
                SplittableRandom random = new SplittableRandom(actor);
                work.add(() -> runKilled(name, registrations, kills, random));
            }
            int killed = 0;
            for (Future<Integer> done : actors.invokeAll(work)) {
                killed += done.get();
            }
            assertThat(killed).isPositive();
        } finally {
            actors.shutdown();
        }
        requireAll(processes * registrations, processes);
    }

    /** Kills the process after some of what it says, wherever its next registration is by then, and begins again. */
    private int runKilled(String actor, int registrations, int kills, SplittableRandom random)
            throws IOException, InterruptedException {
        int killed = 0;
        for (int kill = 0; kill < kills; kill++) {
            Process process = start(actor, registrations);
            listen(process, random.nextInt(registrations));
            process.destroyForcibly();
            killed += process.waitFor() == 0 ? 0 : 1;
            requireSound();
        }
        Process last = start(actor, registrations);
        listen(last, Integer.MAX_VALUE);
        assertThat(last.waitFor()).isZero();
        return killed;
    }

    private Process start(String actor, int registrations) throws IOException {
        return RegisteringProcess.start(
                folder.resolve("registry"), folder.resolve(actor), actor, String.valueOf(registrations));
    }

    /** Notes what the process says; a number that it said in an earlier life must be the same. */
    private void listen(Process process, int lines) throws IOException {
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        for (int n = 0; line != null; n++) {
            String[] words = line.split(" ");
            int number = Integer.parseInt(words[1]);
            assertThat(acknowledged.merge(words[0], number, (earlier, now) -> earlier))
                    .isEqualTo(number);
            if (n >= lines) {
                return;
            }
            line = said.readLine();
        }
    }

    /** Whatever others do at the moment: no version is missing or half, and no alias dangles. */
    private void requireSound() {
        registry().model("fraud").ifPresent(model -> {
            assertThat(model.versions())
                    .extracting(ModelVersion::number)
                    .isEqualTo(IntStream.rangeClosed(1, model.versions().size())
                            .boxed()
                            .toList());
            assertThat(model.aliases().values())
                    .allSatisfy(number ->
                            assertThat(number).isBetween(1, model.versions().size()));
        });
    }

    private void requireAll(int versions, int aliases) {
        requireSound();
        RegisteredModel model = registry().model("fraud").orElseThrow();
        assertThat(model.versions()).hasSize(versions);
        assertThat(model.versions()).extracting(ModelVersion::fingerprint).doesNotHaveDuplicates();
        assertThat(acknowledged).hasSize(versions);
        for (ModelVersion version : model.versions()) {
            assertThat(acknowledged).containsEntry(version.fingerprint(), version.number());
            requireWhole(version);
        }
        assertThat(model.aliases()).hasSize(aliases);
        model.aliases()
                .forEach((alias, number) -> assertThat(
                                model.versions().get(number - 1).fingerprint())
                        .startsWith(alias.substring("newest-".length())));
    }

    private void requireWhole(ModelVersion version) {
        Path fetched = folder.resolve("fetched-" + version.number());
        registry().fetch(version, fetched);
        assertThat(Files.exists(fetched)).isTrue();
        assertThat(Bundle.open(fetched).model()).hasContent("booster " + version.fingerprint());
    }
}
