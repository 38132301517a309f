package io.trainyard.jobs.run;

import io.trainyard.features.version.TableVersion;
import io.trainyard.features.view.View;
import io.trainyard.jobs.config.binding.NearestName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The jobs on feature tables: build, read back, keep and clean up. */
@SuppressWarnings("DoNotCallSuggester") // Until the feature store is connected.
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
     * @param kept versions that stay for their pins alone
     */
    public record Vacuumed(String table, long files, long bytes, List<Long> kept) {}

    /** Builds the tables of views, all of them where none is named, up to the logical time. */
    public List<Built> build(List<String> names) {
        return views(names).stream().map(this::build).toList();
    }

    private Built build(View view) {
        throw notConnected("build " + view.name());
    }

    /** All versions of a view's table, of all views where none is named, the newest first. */
    public List<Past> history(Optional<String> name) {
        throw notConnected("history of " + views(name.stream().toList()));
    }

    /** The features of all entities as of the logical time, as tables. */
    public List<Built> materialize(List<String> names) {
        throw notConnected("materialize " + views(names));
    }

    public Pinned pin(String table, long version, String owner, Optional<String> reason) {
        throw notConnected("pin %s %d for %s %s".formatted(table, version, owner, reason));
    }

    /** Ends a pin; false where there was none. */
    public boolean unpin(String table, long version, String owner) {
        throw notConnected("unpin %s %d for %s".formatted(table, version, owner));
    }

    public List<Pinned> pins() {
        throw notConnected("pins");
    }

    /**
     * Removes the files of all feature tables and training sets that no version needs which is pinned or younger.
     *
     * @param dryRun only says what would go
     */
    public List<Vacuumed> vacuum(Duration retain, boolean dryRun) {
        throw notConnected("vacuum %s %s".formatted(retain, dryRun));
    }

    /** How views would be joined to the training rows: one step a shuffle. Reads schemas and sizes alone. */
    public String explain() {
        throw notConnected(
                "explain " + Declarations.training(context.pipeline()).views());
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

    /** To be replaced by the feature store. */
    private static UnsupportedOperationException notConnected(String job) {
        return new UnsupportedOperationException("Not connected to the feature store: " + job);
    }
}
