package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import java.util.List;
import java.util.Optional;

/** A serverless batch of Google Cloud Dataproc. */
@Description("a serverless batch of Google Cloud Dataproc")
public record DataprocConfig(
        @Description("version of the serverless runtime") @Default("1.2")
        String version,

        @Description("project that pays")
        @Matches(value = "[a-z][a-z0-9-]{4,28}[a-z0-9]", meaning = "the identifier of a project, such as fraud-models")
        String project,

        @Description("region of the batch")
        @Matches(value = "[a-z]+(-[a-z]+)+[0-9]", meaning = "a region such as europe-west1")
        String region,

        @Description("service account by which the job reads and writes; by default the project's")
        @Matches(value = "[^\\s@]+@[^\\s@]+", meaning = "the e-mail address of a service account")
        Optional<String> serviceAccount)
        implements Checked {
    private static final String SUPPORTED = "1.2";

    @Override
    public List<Flaw> flaws() {
        return version.equals(SUPPORTED)
                ? List.of()
                : List.of(new Flaw(
                        "version",
                        "expected \"%s\", the serverless runtime with Spark 3.5, Scala 2.12 and Java 17 (2.2 has Scala 2.13), found '%s'"
                                .formatted(SUPPORTED, version)));
    }
}
