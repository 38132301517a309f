package io.trainyard.jobs.run;

import io.trainyard.registry.ModelVersion;
import java.util.Optional;

/** Which version a job works with. */
final class ServedVersion {
    private final JobContext context;
    private final String purpose;

    /** @param purpose what the version is for, to be read after "Cannot" */
    ServedVersion(JobContext context, String purpose) {
        this.context = context;
        this.purpose = purpose;
    }

    /**
     * The version of a name.
     *
     * @param asked {@code NAME}, {@code NAME@ALIAS} or {@code NAME@NUMBER}; empty for the pipeline's own model
     * @param alias the one that counts where none is asked for
     * @throws JobException if there is none
     */
    ModelVersion of(Optional<String> asked, String alias) {
        String name = asked.map(text -> text.split("@", 2)[0])
                .orElse(context.pipeline().modelName());
        String wanted = asked.filter(text -> text.contains("@"))
                .map(text -> text.split("@", 2)[1])
                .orElse(alias);
        boolean numbered = wanted.matches("[0-9]{1,9}");
        Optional<ModelVersion> found = numbered
                ? context.registry().version(name, Integer.parseInt(wanted))
                : context.registry().byAlias(name, wanted);
        return found.orElseThrow(() -> new JobException("Cannot %s with %s@%s: %s; train first, or %s"
                .formatted(
                        purpose,
                        name,
                        wanted,
                        numbered ? "there is no such version" : "no version holds this alias",
                        numbered
                                ? "name another: trainyard models list"
                                : "promote one with trainyard models promote")));
    }
}
