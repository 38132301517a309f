package io.trainyard.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.SampleBundle;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every registry does that can remove the files of a version. */
public abstract class DiscardingRegistryContract extends ModelRegistryContract {
    private ModelRegistry registry;

    @BeforeEach
    void openToDiscard() {
        registry = registry("alice");
    }

    @Test
    void aDiscardedVersionIsOnRecordWithoutItsFiles() {
        ModelVersion first = register("fraud", "f1");
        ModelVersion second = register("fraud", "f2");

        registry("bob").discard("fraud", 1, "old");
        registry.discard("fraud", 1, "again");

        RegisteredModel model = registry.model("fraud").orElseThrow();
        assertThat(model.versions()).containsExactly(first, second);
        assertThat(model.kept()).containsExactly(second);
        assertThat(model.discarded()).isEqualTo(Map.of(1, new Discard(NOW, "bob", "old")));
        assertThat(registry.history("fraud"))
                .containsExactly(
                        new Event.Registered(1, NOW, "alice", first),
                        new Event.Registered(2, NOW, "alice", second),
                        new Event.Discarded(3, NOW, "bob", 1, "old"));
        String discarded = "version 1 of model 'fraud': it was discarded by bob at 2026-01-02T03:04:05Z: old";
        assertThatThrownBy(() -> registry.fetch(first, folder.resolve("cache")))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot fetch " + discarded);
        assertThat(folder.resolve("cache")).doesNotExist();
        assertThatThrownBy(() -> registry.promote("fraud", "champion", 1, ModelRegistry.NO_VERSION, "x"))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot promote " + discarded);
        registry.fetch(second, folder.resolve("cache"));
        assertThatThrownBy(() -> registry.discard("fraud", 3, "x"))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Cannot find version 3 of model 'fraud': it has versions 1 to 2");
    }

    @Test
    void whatAnAliasNeedsIsNotDiscarded() {
        register("fraud", "f1");
        register("fraud", "f2");
        register("fraud", "f3");
        registry.promote("fraud", "champion", 1, ModelRegistry.NO_VERSION, "one");
        registry.promote("fraud", "champion", 2, 1, "two");
        registry.promote("fraud", "champion", 3, 2, "three");

        assertThat(registry.model("fraud").orElseThrow().needed()).containsExactly(2, 3);
        assertThatThrownBy(() -> registry.discard("fraud", 3, "x"))
                .isInstanceOf(ConflictException.class)
                .hasMessage(
                        "Cannot discard version 3 of model 'fraud': alias 'champion' points to it; promote another one first");
        assertThatThrownBy(() -> registry.discard("fraud", 2, "x"))
                .isInstanceOf(ConflictException.class)
                .hasMessage(
                        "Cannot discard version 2 of model 'fraud': a rollback would return to it; promote another one first");
        registry.discard("fraud", 1, "old");
        assertThat(registry.rollback("fraud", "champion", 3, "bad").number()).isEqualTo(2);
        assertThatThrownBy(() -> registry.rollback("fraud", "champion", 2, "bad too"))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("Cannot return to version 1 of model 'fraud': it was discarded by alice");
        assertThat(registry.byAlias("fraud", "champion").orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void whatWasDiscardedCanBeRegisteredAgain() {
        ModelVersion first = register("fraud", "f1");
        Path bundle = folder.resolve("same");
        Bundle same = SampleBundle.write(bundle, "booster");
        registry.register("fraud", bundle, "f2", Map.of());
        registry.register("fraud", bundle, "f3", Map.of());
        registry.discard("fraud", 2, "old");

        ModelVersion shared = registry.version("fraud", 3).orElseThrow();
        registry.fetch(shared, folder.resolve("cache-3"));
        ModelVersion again = registry.register("fraud", bundle, "f2", Map.of());
        assertThat(again.number()).isEqualTo(4);
        assertThat(registry.register("fraud", bundle, "f2", Map.of())).isEqualTo(again);
        registry.discard("fraud", 2, "old");
        registry.discard("fraud", 3, "old");
        registry.fetch(again, folder.resolve("cache-4"));
        assertThat(Bundle.open(folder.resolve("cache-4")).digest()).isEqualTo(same.digest());
        registry.fetch(first, folder.resolve("cache-1"));
        assertThat(registry.model("fraud").orElseThrow().kept()).containsExactly(first, again);
    }

    @Test
    void whatWasDiscardedOnOneSideIsNotBrought() {
        ModelRegistry source = other();
        register(source, "fraud", "f1");
        register(source, "fraud", "f2");
        register(source, "fraud", "f3");
        register("fraud", "f2");
        registry.discard("fraud", 1, "old");
        source.judge("fraud", "champion", 1, decision(false, "worse"));
        source.discard("fraud", 1, "old");

        RegistrySync.Report report =
                new RegistrySync(source, registry, folder.resolve("scratch"), brought -> {}, bundle -> {}).of("fraud");

        assertThat(report.versions())
                .containsExactly(entry(2, new RegistrySync.Copy(1, false)), entry(3, new RegistrySync.Copy(2, true)));
    }
}
