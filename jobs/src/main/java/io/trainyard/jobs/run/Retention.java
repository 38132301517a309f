package io.trainyard.jobs.run;

import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.features.version.Pin;
import io.trainyard.features.version.Pins;
import io.trainyard.registry.Lineage;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.RegisteredModel;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How long training sets stay readable: their pins are taken from those that no version that matters was made from. */
final class Retention {
    private final JobContext context;

    Retention(JobContext context) {
        this.context = context;
    }

    /**
     * Keeps the training sets of the newest versions of every model, and of those that hold an alias; a vacuum may remove the others.
     *
     * @param versions how many of the newest
     */
    void keep(int versions) {
        String table = "%s/%s"
                .formatted(
                        context.warehouse().trainingSets(), context.pipeline().name());
        Pins pins = Pins.of(context.spark(), table);
        Set<String> kept = context.registry().models().stream()
                .flatMap(model -> kept(model, versions))
                .collect(Collectors.toSet());
        List<Long> ended = pins.all().stream()
                .filter(pin -> pin.owner().equals(TrainingSetBuilder.OWNER))
                .map(Pin::version)
                .filter(version -> !kept.contains(String.valueOf(version)))
                .toList();
        ended.forEach(version -> pins.unpin(version, TrainingSetBuilder.OWNER));
        if (!ended.isEmpty()) {
            context.console()
                    .say("training sets no longer kept: versions %s of %s, which features vacuum may remove"
                            .formatted(ended, table));
        }
    }

    /** Versions of training sets. */
    private static Stream<String> kept(RegisteredModel model, int newest) {
        List<ModelVersion> all = model.versions();
        Collection<Integer> held = model.aliases().values();
        return all.stream()
                .filter(version -> held.contains(version.number()) || all.indexOf(version) >= all.size() - newest)
                .flatMap(version -> version.lineage().inputs().stream().limit(1))
                .map(Lineage.Input::version);
    }
}
