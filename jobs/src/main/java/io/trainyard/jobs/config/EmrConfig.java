package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import io.trainyard.jobs.config.binding.Range;
import java.util.List;
import java.util.Optional;

/** A cluster of EMR on EC2 that lives as long as the job. */
@Description("a cluster of Amazon EMR on EC2 that lives as long as the job")
public record EmrConfig(
        @Description("release of EMR") @Default(EmrRelease.DEFAULT)
        String release,

        @Description("type of the machines")
        @Default("m5.2xlarge")
        @Matches(value = Names.MACHINE, meaning = Names.MACHINE_MEANING)
        String node,

        @Description("machines beside the primary; by default one for each executor and one for the driver")
        @Range(min = 1)
        Optional<Integer> nodes,

        @Description("role of EMR itself") @Default("EMR_DefaultRole_V2")
        String serviceRole,

        @Description("instance profile of the machines, by which the job reads and writes")
        @Default("EMR_EC2_DefaultRole")
        String jobRole,

        @Description("subnet of the machines; by default EMR's choice")
        @Matches(value = "subnet-[0-9a-f]+", meaning = "a subnet such as subnet-0a1b2c3d")
        Optional<String> subnet,

        @Description("folder on S3 for the logs of the cluster")
        @Matches(value = "s3://.+", meaning = "a folder on S3 such as s3://bucket/logs")
        Optional<String> logs,

        @Description("ARN of the role with which EventBridge Scheduler starts the cluster")
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
