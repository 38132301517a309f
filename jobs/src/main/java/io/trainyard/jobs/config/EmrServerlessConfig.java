package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import java.util.List;
import java.util.Optional;

/** An application of EMR Serverless that exists already. */
@Description("an application of Amazon EMR Serverless that exists already")
public record EmrServerlessConfig(
        @Description("release of EMR that the application was made with") @Default(EmrRelease.DEFAULT)
        String release,

        @Description("identifier of the application")
        @Matches(value = "[0-9a-z]{1,64}", meaning = "the identifier of an application, such as 00f1r2s3t4u5v6w7")
        String application,

        @Description("ARN of the role by which the job reads and writes")
        @Matches(value = Names.ROLE, meaning = Names.ROLE_MEANING)
        String role,

        @Description("folder on S3 for the logs of the job")
        @Matches(value = "s3://.+", meaning = "a folder on S3 such as s3://bucket/logs")
        Optional<String> logs,

        @Description("ARN of the role with which EventBridge Scheduler starts the job")
        @Matches(value = Names.ROLE, meaning = Names.ROLE_MEANING)
        Optional<String> scheduleRole)
        implements Checked {
    @Override
    public List<Flaw> flaws() {
        return EmrRelease.flaw(release)
                .map(message -> List.of(new Flaw("release", message)))
                .orElse(List.of());
    }
}
