package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A job cluster on Databricks. */
@Description("the machines of a job cluster on Databricks")
public record DatabricksConfig(
        @Description("Databricks runtime") @Default("16.4.x-scala2.12")
        String runtime,

        @Description("type of the machines, driver and workers alike; a worker holds one executor")
        @Default("m5d.2xlarge")
        @Matches(value = Names.MACHINE, meaning = Names.MACHINE_MEANING)
        String node,

        @Description("identifier of the cluster policy that the job cluster obeys")
        Optional<String> policy)
        implements Checked {
    private static final Pattern RUNTIME = Pattern.compile("(\\d+)\\.(\\d+|x)\\.x(-[a-z0-9-]+)?-scala(\\d+\\.\\d+)");
    private static final int SUPPORTED = 16;
    private static final String REMEDY = "use 16.4.x-scala2.12, or 16.4.x-gpu-ml-scala2.12 for GPUs";

    /** Whether the runtime brings drivers for GPUs. */
    public boolean bringsGpus() {
        return runtime.contains("-gpu-");
    }

    @Override
    public List<Flaw> flaws() {
        return flaw().map(message -> List.of(new Flaw("runtime", message))).orElse(List.of());
    }

    private Optional<String> flaw() {
        Matcher parts = RUNTIME.matcher(runtime);
        if (!parts.matches()) {
            return Optional.of(
                    "expected a runtime such as 16.4.x-scala2.12, found '%s': %s".formatted(runtime, REMEDY));
        }
        int major = Integer.parseInt(parts.group(1));
        if (major < SUPPORTED) {
            return Optional.of(
                    "'%s' has an earlier Spark than 3.5.2, and starts Java 8: %s".formatted(runtime, REMEDY));
        }
        if (major > SUPPORTED) {
            return Optional.of("'%s' has Spark 4, for which Trainyard is not built: %s".formatted(runtime, REMEDY));
        }
        if (!parts.group(4).equals("2.12")) {
            return Optional.of("'%s' has Scala %s, and Trainyard is built for 2.12: %s"
                    .formatted(runtime, parts.group(4), REMEDY));
        }
        return Optional.empty();
    }
}
