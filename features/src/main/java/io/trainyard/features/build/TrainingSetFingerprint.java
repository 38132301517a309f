package io.trainyard.features.build;

import io.trainyard.features.version.Fingerprint;
import io.trainyard.features.view.Split;
import io.trainyard.features.view.Split.ColumnFoldSplit;
import io.trainyard.features.view.Split.ColumnSplit;
import io.trainyard.features.view.Split.FoldSplit;
import io.trainyard.features.view.Split.HashSplit;
import io.trainyard.features.view.Split.TimeSplit;
import io.trainyard.features.view.TrainingDefinition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;

/** What determines the rows of a training set: the declaration, the state of its sources, the bound where it leaves rows out. */
final class TrainingSetFingerprint {

    /** To be raised when the same declaration over the same sources comes to give other rows. */
    private static final int SEMANTICS = 3;

    private TrainingSetFingerprint() {}

    static String of(
            TrainingDefinition definition,
            ZoneId zone,
            List<TimedRows> sources,
            List<String> references,
            List<String> labelBounds,
            List<FeatureTable> tables) {
        Fingerprint fingerprint = Fingerprint.of("training set", SEMANTICS)
                .add("zone", zone.normalized())
                .add("key", definition.key().orElse(""))
                .add("label", definition.label())
                .add("weight", definition.weight().orElse(""))
                .add("exposure", definition.exposure().orElse(""))
                .add("group", definition.group().orElse(""))
                .add("unit", definition.unit().orElse(""))
                .addAll("features", definition.features().keySet())
                .addAll("expressions", definition.features().values())
                .addAll("drop", new TreeSet<>(definition.drop()))
                .addAll("references", references);
        fingerprint.addAll("labels known before", labelBounds);
        addSplit(fingerprint, definition);
        for (TimedRows source : sources) {
            fingerprint
                    .add("source", source.source().name())
                    .add("state", source.snapshot().fingerprint().hash())
                    .add("bound", source.bound().map(Instant::toString).orElse(""));
            ViewFingerprint.addSource(fingerprint, source.source())
                    .addAll("tests", ViewFingerprint.tests(source.source().tests()));
        }
        for (FeatureTable table : tables) {
            fingerprint
                    .add("view", ViewFingerprint.ofFeatures(table.view()))
                    .add("table", table.commit().table().fingerprint());
        }
        return fingerprint.hex();
    }

    private static void addSplit(Fingerprint fingerprint, TrainingDefinition definition) {
        Split split = definition.split();
        if (split instanceof HashSplit hash) {
            fingerprint
                    .add("split", "hash")
                    .add("validation", hash.validation())
                    .add("test", hash.test())
                    .add("seed", hash.seed())
                    .add("on", hash.on().orElse(""));
        } else if (split instanceof FoldSplit folds) {
            fingerprint
                    .add("split", "hash folds")
                    .add("folds", folds.folds())
                    .add("test", folds.test())
                    .add("seed", folds.seed())
                    .add("on", folds.on().orElse(""))
                    .add("stratified", folds.stratified());
        } else if (split instanceof ColumnFoldSplit column) {
            fingerprint
                    .add("split", "column folds")
                    .add("column", column.column())
                    .addAll("values", column.values())
                    .addAll("test", new TreeSet<>(column.test()));
        } else if (split instanceof ColumnSplit column) {
            fingerprint
                    .add("split", "column")
                    .add("column", column.column())
                    .addAll("train", new TreeSet<>(column.train()))
                    .addAll("validation", new TreeSet<>(column.validation()))
                    .addAll("test", new TreeSet<>(column.test()));
        } else if (split instanceof TimeSplit time) {
            fingerprint
                    .add("split", "time")
                    .add("train", time.train())
                    .add("gap", time.gap())
                    .add("validation", time.validation())
                    .add("folds", time.folds())
                    .add("from", time.testFrom())
                    .add("to", time.testTo());
            time.dropKnown()
                    .ifPresent(column -> fingerprint
                            .add("drop known", column)
                            .add("positive", definition.positive().orElse("")));
        }
    }
}
