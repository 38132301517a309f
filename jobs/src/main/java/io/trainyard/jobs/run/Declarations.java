package io.trainyard.jobs.run;

import io.trainyard.features.build.Input;
import io.trainyard.features.view.KnownAt;
import io.trainyard.features.view.Location;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Split;
import io.trainyard.features.view.TrainingDefinition;
import io.trainyard.jobs.config.GateConfig;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.RegisterConfig;
import io.trainyard.jobs.config.SizeText;
import io.trainyard.jobs.config.SourceConfig;
import io.trainyard.jobs.config.SplitConfig;
import io.trainyard.jobs.config.TrainingConfig;
import io.trainyard.registry.Gate;
import io.trainyard.registry.Lineage;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.Task;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the pipeline file declares, in the terms of the modules that do it. */
final class Declarations {
    private static final double NANOS_OF_A_MILLISECOND = 1e6;

    private Declarations() {}

    /** The training set of the pipeline. */
    static TrainingDefinition training(Pipeline pipeline) {
        TrainingConfig training = pipeline.training();
        return new TrainingDefinition(
                pipeline.name(),
                source(pipeline, training.rows()),
                training.testRows().map(name -> source(pipeline, name)),
                training.key(),
                training.label(),
                training.positive(),
                training.weight(),
                training.exposure(),
                training.group(),
                training.unit(),
                training.features(),
                training.views().stream()
                        .map(view -> ViewDeclarations.view(pipeline, view))
                        .toList(),
                training.drop(),
                split(training, pipeline.timezone()));
    }

    /** The rows of a source as the training set's would be, whatever its split. */
    static TrainingDefinition watched(Pipeline pipeline, String rows) {
        return training(pipeline).over(source(pipeline, rows));
    }

    static Source source(Pipeline pipeline, String name) {
        SourceConfig config = pipeline.sources().get(name);
        return new Source(
                name,
                location(config),
                config.eventTime(),
                knownAt(config.knownAt()),
                config.privacy(),
                TestDeclarations.ofSource(pipeline, config.tests()));
    }

    private static KnownAt knownAt(Map<String, String> config) {
        Map<String, String> columns = new TreeMap<>(config);
        Optional<String> rows = Optional.ofNullable(columns.remove(SourceConfig.ALL_COLUMNS));
        return new KnownAt(rows, columns);
    }

    static Location location(SourceConfig config) {
        if (config instanceof SourceConfig.Table table) {
            return new Location.Table(table.table());
        }
        if (config instanceof SourceConfig.Query query) {
            return new Location.Query(query.sql());
        }
        SourceConfig.Files files = (SourceConfig.Files) config;
        Map<String, String> options = new TreeMap<>();
        files.options().forEach((option, value) -> options.put(option, value.value()));
        return new Location.Files(files.path().resolved(), files.format(), options);
    }

    private static Split split(TrainingConfig training, ZoneId zone) {
        SplitConfig config = training.split();
        boolean ownTestRows = training.testRows().isPresent();
        if (config instanceof SplitConfig.Hash hash) {
            Optional<String> on = training.ranks() ? hash.on().or(training::groupColumn) : hash.on();
            return hash.numberOfFolds() == 1
                    ? new Split.HashSplit(hash.validationShare(), hash.testShare(ownTestRows), hash.seed(), on)
                    : new Split.FoldSplit(
                            hash.numberOfFolds(), hash.testShare(ownTestRows), hash.seed(), on, hash.stratify());
        }
        if (config instanceof SplitConfig.Column column && column.numberOfFolds() > 1) {
            return new Split.ColumnFoldSplit(column.column(), column.folds(), Set.copyOf(column.test()));
        }
        if (config instanceof SplitConfig.Column column) {
            return new Split.ColumnSplit(
                    column.column(),
                    Set.copyOf(column.train()),
                    Set.copyOf(column.validation()),
                    Set.copyOf(column.test()));
        }
        SplitConfig.Time time = (SplitConfig.Time) config;
        return new Split.TimeSplit(
                time.train(),
                time.gap(),
                time.validation(),
                time.folds(),
                time.test().from().atZone(zone).toLocalDateTime(),
                time.test().to().atZone(zone).toLocalDateTime(),
                time.dropKnown());
    }

    /**
     * Gates of the registry. Without a metric of its own, a comparison is by the metric of the search.
     *
     * @param shape of the task, which names what is at k
     */
    static List<Gate> gates(RegisterConfig config, Metric searched, double shape) {
        return config.promoteIf().stream()
                .flatMap(gate -> gates(gate, searched, shape))
                .toList();
    }

    private static Stream<Gate> gates(GateConfig gate, Metric searched, double shape) {
        if (gate instanceof GateConfig.Minimum minimum) {
            return minimum.min().entrySet().stream()
                    .map(bound -> new Gate.Min(bound.getKey().scored(shape), bound.getValue()));
        }
        if (gate instanceof GateConfig.Maximum maximum) {
            return maximum.max().entrySet().stream()
                    .map(bound -> new Gate.Max(bound.getKey().scored(shape), bound.getValue()));
        }
        if (gate instanceof GateConfig.NotWorseThan notWorse) {
            return Stream.of(new Gate.NotWorseThan(
                    notWorse.notWorseThan(),
                    notWorse.metric().orElse(searched).scored(shape),
                    notWorse.margin(),
                    notWorse.confidence()));
        }
        if (gate instanceof GateConfig.BetterThan better) {
            return Stream.of(new Gate.BetterThan(
                    better.betterThan(),
                    better.metric().orElse(searched).scored(shape),
                    better.margin(),
                    better.confidence()));
        }
        if (gate instanceof GateConfig.Slices slices) {
            Metric metric = slices.metric().orElse(searched);
            return slices.slices().stream()
                    .map(feature -> new Gate.Slices(
                            feature, metric.scored(shape), slices.worst(), metric.higherIsBetter(), slices.rows()));
        }
        if (gate instanceof GateConfig.Calibration calibration) {
            return Stream.of(new Gate.Calibration(calibration.calibration()));
        }
        if (gate instanceof GateConfig.Size size) {
            return Stream.of(new Gate.Size(SizeText.bytes(size.size())));
        }
        GateConfig.Latency latency = (GateConfig.Latency) gate;
        return Stream.of(new Gate.Latency(Duration.ofNanos(Math.round(latency.latency() * NANOS_OF_A_MILLISECOND))));
    }

    static Lineage.Input lineage(Input input) {
        String version =
                input.version().isPresent() ? String.valueOf(input.version().getAsLong()) : "";
        return new Lineage.Input(input.uri(), version, input.fingerprint());
    }

    static String name(Task task) {
        return task.name().toLowerCase(Locale.ROOT);
    }
}
