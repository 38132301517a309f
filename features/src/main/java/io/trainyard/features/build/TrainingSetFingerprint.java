package io.trainyard.features.build;

import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.view.Split;
import io.trainyard.features.view.TrainingDefinition;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;

/** What determines the rows of a training set: the declaration, the state of its sources, the bound where it leaves rows out. */
final class TrainingSetFingerprint {

    /** To be raised when the same declaration over the same sources comes to give other rows. */
    private static final int SEMANTICS = 1;

    private TrainingSetFingerprint() {}

    static String of(TrainingDefinition definition, ZoneId zone, List<TimedRows> sources) {
        Fingerprint fingerprint = Fingerprint.of("training set", SEMANTICS)
                .add("zone", zone)
                .add("key", definition.key())
                .add("label", definition.label())
                .add("weight", definition.weight())
                .addAll("features", definition.features().keySet())
                .addAll("expressions", definition.features().values())
                .addAll("drop", new TreeSet<>(definition.drop()));
        addSplit(fingerprint, definition.split());
        for (TimedRows source : sources) {
            fingerprint
                    .add("source", source.source().name())
                    .add("event time", source.source().eventTime())
                    .add("state", source.snapshot().fingerprint().hash())
                    .add("bound", source.bound());
        }
        return fingerprint.hex();
    }

    private static void addSplit(Fingerprint fingerprint, Split split) {
        fingerprint.add("split", split.describe());
        if (split instanceof Split.HashSplit hash) {
            fingerprint.add("seed", hash.seed());
        }
    }
}
