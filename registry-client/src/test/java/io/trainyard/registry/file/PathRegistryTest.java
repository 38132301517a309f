package io.trainyard.registry.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.registry.DiscardingRegistryContract;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.KeyFiles;
import io.trainyard.registry.bundle.SampleBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathRegistryTest extends DiscardingRegistryContract {
    @Override
    protected ModelRegistry registry(String actor) {
        return new PathRegistry(new LocalStorage(root()), Clock.fixed(NOW, ZoneOffset.UTC), actor);
    }

    @Test
    void aProcessThatDiesBeforeTheEventHasRegisteredNothing() throws IOException, InterruptedException {
        Process process = RegisteringProcess.start(root(), folder, "first", "die");
        assertThat(process.waitFor()).isEqualTo(99);
        Bundle bundle = Bundle.open(folder.resolve("first-0"));
        Path stored = root().resolve("models/fraud/bundles").resolve(bundle.digest());
        assertThat(stored.resolve("manifest.json")).exists();
        assertThat(registry("alice").models()).isEmpty();

        ModelVersion version = registry("alice").register("fraud", bundle.directory(), "first-0", Map.of());

        assertThat(version.number()).isEqualTo(1);
        registry("alice").fetch(version, folder.resolve("fetched"));
        assertThat(folder.resolve("fetched/model.ubj")).hasContent("booster first-0");
    }

    @Test
    void aDiscardThatWasCutOffIsFinishedByTheNext() throws IOException {
        ModelVersion first = register("fraud", "f1");
        ModelVersion second = register("fraud", "f2");
        Path place = root().resolve(first.location());
        Path hidden = folder.resolve("hidden");
        Files.move(place, hidden);
        registry("alice").discard("fraud", 1, "old");
        Files.move(hidden, place);

        registry("bob").discard("fraud", 2, "old too");

        assertThat(place).doesNotExist();
        assertThat(root().resolve(second.location())).doesNotExist();
    }

    @Test
    void whatComesBackIsNotWhereOthersAreJustRemoving() {
        Path bundle = folder.resolve("same");
        Bundle same = SampleBundle.write(bundle, "booster");
        ModelVersion first = registry("alice").register("fraud", bundle, "f1", Map.of());
        registry("alice").discard("fraud", 1, "old");

        ModelVersion again = registry("alice").register("fraud", bundle, "f1", Map.of());

        assertThat(root().resolve(first.location())).doesNotExist();
        assertThat(again.location()).isEqualTo("models/fraud/bundles/" + same.digest() + "-1");
        assertThat(root().resolve(again.location()).resolve("manifest.json")).exists();
    }

    @Test
    void aStoredFileThatWasTamperedWithIsNamedAndNotFetched() throws IOException {
        ModelVersion version = register("fraud", "f1");
        Path model = root().resolve(version.location()).resolve("model.ubj");
        Files.writeString(model, "Booster of fraud f1");

        assertThatThrownBy(() -> registry("alice").fetch(version, folder.resolve("fetched")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(model.toUri() + ": it has digest");
        assertThat(folder.resolve("fetched")).doesNotExist();
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }

    @Test
    void aStoredFileThatIsNotTheBundlesIsNotRegistered() throws IOException {
        ModelVersion version = register("fraud", "f1");
        Path model = root().resolve(version.location()).resolve("model.ubj");
        Files.writeString(model, "Booster of fraud f1");
        Path again = folder.resolve("again");
        SampleBundle.write(again, "booster of fraud f1");

        assertThatThrownBy(() -> registry("alice").register("fraud", again, "f2", Map.of()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot use " + model.toUri());
        assertThat(registry("alice").model("fraud").orElseThrow().versions()).hasSize(1);
    }

    @Test
    void aBundleUnderAnotherDigestIsRefused() throws IOException {
        ModelVersion first = register("fraud", "f1");
        ModelVersion second = register("fraud", "f2");
        for (String file : new String[] {"manifest.json", "model.ubj"}) {
            Path target = root().resolve(second.location()).resolve(file);
            Files.delete(target);
            Files.copy(root().resolve(first.location()).resolve(file), target);
        }

        assertThatThrownBy(() -> registry("alice").fetch(second, folder.resolve("fetched")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("its digest is %s, expected %s".formatted(first.digest(), second.digest()));
    }

    @Test
    void anEqualBundleUnderAnotherSignatureIsNotRegistered() throws IOException {
        KeyFiles alice = KeyFiles.create(folder, "alice");
        KeyFiles bob = KeyFiles.create(folder, "bob");
        Bundle bundle = SampleBundle.write(folder.resolve("b"), "booster");
        registry("carol").register("fraud", bundle.directory(), "f0", Map.of());
        alice.signer().sign(bundle);
        registry("alice").register("fraud", bundle.directory(), "f1", Map.of());
        registry("alice").register("fraud", bundle.directory(), "f2", Map.of());
        bob.signer().sign(bundle);

        assertThatThrownBy(() -> registry("bob").register("fraud", bundle.directory(), "f3", Map.of()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot register the signed bundle " + bundle.directory())
                .hasMessageContaining(
                        "manifest.sig is that of an equal bundle, and another one; sign with the same key");
        assertThat(registry("alice").model("fraud").orElseThrow().versions()).hasSize(3);
    }

    @Test
    void anEventThatIsMissingIsNamed() throws IOException {
        register("fraud", "f1");
        register("fraud", "f2");
        Files.delete(event(1));

        assertThatThrownBy(() -> registry("alice").model("fraud"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("found '00000002.json' where " + event(1).toUri() + " must be");
    }

    @Test
    void anEventThatIsDamagedIsNamed() throws IOException {
        register("fraud", "f1");
        Files.writeString(event(1), Files.readString(event(1)).substring(0, 100));

        assertThatThrownBy(() -> registry("alice").model("fraud"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Cannot read " + event(1).toUri() + ": not valid JSON");
    }

    @Test
    void anEventInTheWrongPlaceIsNamed() throws IOException {
        register("fraud", "f1");
        Files.copy(event(1), event(2));

        assertThatThrownBy(() -> registry("alice").model("fraud"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("it says that it is event 1");
    }

    @Test
    void anEventThatDoesNotFollowIsNamed() throws IOException {
        register("fraud", "f1");
        Files.writeString(event(2), Files.readString(event(1)).replace("\"number\" : 1", "\"number\" : 2"));

        assertThatThrownBy(() -> registry("alice").model("fraud"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("event 2 does not follow from those before");
    }

    @Test
    void aFolderThatIsNoModelIsPassedOver() throws IOException {
        register("fraud", "f1");
        Files.createDirectories(root().resolve("models/lost+found"));
        Files.createDirectories(root().resolve("models/half-stored/bundles"));

        assertThat(registry("alice").models()).hasSize(1);
    }

    private Path root() {
        return folder.resolve("registry");
    }

    private Path event(int number) {
        return root().resolve("models/fraud/events/%08d.json".formatted(number));
    }
}
