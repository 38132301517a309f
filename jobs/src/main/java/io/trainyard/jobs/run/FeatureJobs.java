package io.trainyard.jobs.run;

import io.trainyard.features.build.FeatureStore;
import io.trainyard.features.build.FeatureTable;
import io.trainyard.features.quality.TestReport;
import io.trainyard.features.version.Commit;
import io.trainyard.features.version.Pin;
import io.trainyard.features.version.Pins;
import io.trainyard.features.version.TableVersion;
import io.trainyard.features.version.Vacuum;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.features.view.Test;
import io.trainyard.features.view.View;
import io.trainyard.jobs.config.binding.NearestName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The jobs on feature tables: build, read back, keep and clean up. */
public final class FeatureJobs {
    private final JobContext context;

    public FeatureJobs(JobContext context) {
        this.context = context;
    }

    /**
     * A version of a view's table that was made, or found made.
     *
     * @param quarantined rows that tests kept out, for this version
     */
    public record Built(String view, TableVersion table, long quarantined, boolean reused) {}

    /**
     * A version in the history of a view's table.
     *
     * @param owners who pins it
     */
    public record Past(String view, TableVersion table, Instant built, List<String> owners) {}

    /** A version of a table that somebody depends on. */
    public record Pinned(String table, long version, String owner, Optional<String> reason, Instant since) {}

    /**
     * What a clean-up removed from a table, or would remove.
     *
     * @param kept versions that stay readable for sure
     */
    public record Vacuumed(String table, long files, long bytes, List<Long> kept) {}

    /** Builds the tables of views, all of them where none is named, up to the logical time. */
    public List<Built> build(List<String> names) {
        List<View> views = views(names);
        context.console().stage("Feature tables");
        return views.stream().map(this::build).toList();
    }

    private Built build(View view) {
        FeatureTable table = FeatureTables.store(context).build(view, Optional.of(context.asOf()));
        FeatureTables.say(context.console(), table);
        long quarantined = table.reports().stream()
                .flatMap(report -> report.results().stream())
                .filter(result -> result.action() == Test.Action.QUARANTINE)
                .mapToLong(TestReport.Result::failed)
                .sum();
        return new Built(
                view.name(), table.commit().table(), quarantined, table.change() == FeatureTable.Change.REUSED);
    }

    /** All versions of a view's table, of all views where none is named, the newest first. */
    public List<Past> history(Optional<String> name) {
        return views(name.stream().toList()).stream().flatMap(this::history).toList();
    }

    private Stream<Past> history(View view) {
        List<Commit> commits = FeatureTables.store(context).history(view.name());
        if (commits.isEmpty()) {
            return Stream.empty();
        }
        List<Pin> pins = Pins.of(context.spark(), path(view.name())).all();
        return commits.stream()
                .map(commit -> new Past(
                        view.name(),
                        commit.table(),
                        commit.time(),
                        pins.stream()
                                .filter(pin -> pin.version() == commit.table().version())
                                .map(Pin::owner)
                                .toList()));
    }

    /** The features of all entities as of the logical time, as tables. */
    public List<Built> materialize(List<String> names) {
        List<View> views = views(names);
        context.console().stage("Features of all entities");
        return views.stream()
                .map(view -> {
                    FeatureStore.Materialized made =
                            FeatureTables.store(context).materialize(view, context.asOf());
                    return new Built(view.name(), made.commit().table(), 0, made.reused());
                })
                .toList();
    }

    public Pinned pin(String table, long version, String owner, Optional<String> reason) {
        if (!Pin.isOwner(owner)) {
            throw new JobException(
                    "--owner '%s' names a file: use up to 128 letters, digits, _, . and -, and begin with a letter or digit"
                            .formatted(owner));
        }
        Instant now = context.clock().instant();
        pins(table).pin(version, owner, reason.orElse(""), now);
        return new Pinned(table, version, owner, reason, now);
    }

    /** Ends a pin; false where there was none. */
    public boolean unpin(String table, long version, String owner) {
        if (!Pin.isOwner(owner)) {
            return false;
        }
        boolean pinned = pins(table).all().stream()
                .anyMatch(pin -> pin.version() == version && pin.owner().equals(owner));
        pins(table).unpin(version, owner);
        return pinned;
    }

    public List<Pinned> pins() {
        return tables().stream()
                .flatMap(table -> pins(table).all().stream()
                        .map(pin -> new Pinned(
                                table,
                                pin.version(),
                                pin.owner(),
                                Optional.of(pin.reason()).filter(reason -> !reason.isEmpty()),
                                pin.time())))
                .toList();
    }

    /**
     * Removes the files of feature tables and training sets that no version needs which is pinned or younger.
     *
     * @param dryRun only says what would go
     */
    public List<Vacuumed> vacuum(Duration retain, boolean dryRun) {
        return vacuum(existing(featureTables()), retain, dryRun);
    }

    /** The same of all tables that the pipeline writes. */
    List<Vacuumed> vacuumAll(Duration retain, boolean dryRun) {
        return vacuum(tables(), retain, dryRun);
    }

    private List<Vacuumed> vacuum(List<String> tables, Duration retain, boolean dryRun) {
        return tables.stream()
                .map(table -> {
                    Vacuum.Result result = Vacuum.of(context.spark(), path(table))
                            .retention(retain)
                            .dryRun(dryRun)
                            .execute(context.clock().instant());
                    return new Vacuumed(table, result.files(), result.bytes(), List.copyOf(result.kept()));
                })
                .toList();
    }

    /** How views would be joined to the training rows: a line for each pass over them. Builds the feature tables first. */
    public String explain() {
        return FeatureTables.trainingSets(context)
                .explain(Declarations.training(context.pipeline()), Optional.of(context.asOf()))
                .toString();
    }

    private Pins pins(String table) {
        if (!exists(table)) {
            throw new JobException("There is no table '%s' in %s%s"
                    .formatted(table, context.warehouse().root(), NearestName.hint(table, tables())));
        }
        return Pins.of(context.spark(), path(table));
    }

    /** Views by their names, and other tables by their paths below the warehouse. */
    private List<String> tables() {
        Warehouse warehouse = context.warehouse();
        Stream<String> others = Stream.concat(
                context.pipeline().score().stream().map(score -> warehouse.table(score.to())),
                Stream.of(
                        warehouse.monitoring(),
                        warehouse.inputs(),
                        warehouse.decisions(context.pipeline().name())));
        return existing(Stream.concat(featureTables(), others.map(warehouse::below)));
    }

    private Stream<String> featureTables() {
        Collection<String> views = context.pipeline().views().keySet();
        Warehouse warehouse = context.warehouse();
        Stream<String> others = Stream.of(
                        Stream.of(warehouse.trainingSets() + "/"
                                + context.pipeline().name()),
                        views.stream().map(view -> warehouse.materialized() + "/" + view),
                        views.stream().map(view -> warehouse.quarantine() + "/" + view))
                .flatMap(Function.identity());
        return Stream.concat(views.stream(), others.map(warehouse::below));
    }

    private List<String> existing(Stream<String> tables) {
        return tables.filter(this::exists).toList();
    }

    private boolean exists(String table) {
        return new VersionedTable(context.spark(), path(table)).exists();
    }

    private String path(String table) {
        return context.pipeline().views().containsKey(table)
                ? context.warehouse().features() + "/" + table
                : context.warehouse().table(table);
    }

    private List<View> views(List<String> names) {
        Collection<String> known = context.pipeline().views().keySet();
        if (known.isEmpty()) {
            throw new JobException("Pipeline '%s' has no views: add a section 'views'"
                    .formatted(context.pipeline().name()));
        }
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(unknown -> {
            throw new JobException("Pipeline '%s' has no view '%s'%s"
                    .formatted(context.pipeline().name(), unknown, NearestName.hint(unknown, known)));
        });
        return (names.isEmpty() ? known : names)
                .stream()
                        .map(name -> ViewDeclarations.view(context.pipeline(), name))
                        .toList();
    }
}
