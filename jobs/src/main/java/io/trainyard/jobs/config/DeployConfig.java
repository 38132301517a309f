package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.DataPath;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import io.trainyard.jobs.config.binding.OptionValue;
import io.trainyard.jobs.config.binding.Range;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a pipeline runs elsewhere: what job definitions are rendered from. */
@Description("what 'trainyard deploy PLATFORM' renders job definitions from")
public record DeployConfig(
        @Description("what the job does") @Default("run") JobCommand command,

        @Description("when the job starts: five fields of cron, as in 0 3 * * *; without it, it is started by hand")
        Optional<String> schedule,

        @Description("time zone of the schedule; by default the pipeline's")
        Optional<ZoneId> timezone,

        @Description("folder that the machines of the job read, with trainyard.jar and this file in it")
        Optional<DataPath> files,

        @Description(
                "folders that all machines of the job see under the same path, such as a mounted network file system")
        @Default("[]")
        List<String> shared,

        @Description("Spark's master, where a machine of yours submits the job")
        @Default("local[*]")
        @Matches(
                value = "local(\\[[0-9*]+\\])?|yarn|spark://[^\\s@]+|k8s://[^\\s@]+",
                meaning = "local[*], yarn, spark://host:7077 or k8s://https://host:6443")
        String master,

        @Description("container image with Spark, Delta and trainyard.jar, as 'trainyard deploy docker' describes it")
        Optional<String> image,

        @Description("size of the driver") @Default("{}") Driver driver,

        @Description("number of executors") @Default("2") @Range(min = 1)
        int executors,

        @Description("size of an executor") @Default("{}") Executor executor,

        @Description("variables of the job's environment, by name")
        @Default("{}")
        @Matches(value = "[A-Za-z_][A-Za-z0-9_]*", meaning = "the name of a variable, such as TRAINYARD_HASH_KEY")
        Map<String, VariableConfig> environment,

        @Description("how often a failed job is started again") @Default("0") @Range(min = 0, max = 10)
        int retries,

        @Description("time after which the job is ended; by default never")
        Optional<Duration> timeout,

        @Description("more settings of Spark")
        @Default("{}")
        @Matches(
                value = "spark\\.[A-Za-z0-9_.-]+",
                meaning = "a setting of Spark, such as spark.sql.shuffle.partitions")
        Map<String, OptionValue> spark,

        @Description("the cluster on Databricks") @Default("{}")
        DatabricksConfig databricks,

        @Description("the cluster on Amazon EMR") @Default("{}")
        EmrConfig emr,

        @Description("the application of Amazon EMR Serverless")
        Optional<EmrServerlessConfig> emrServerless,

        @Description("the pods on Kubernetes") @Default("{}")
        KubernetesConfig kubernetes,

        @Description("the batch on Google Cloud Dataproc") Optional<DataprocConfig> dataproc)
        implements Checked {
    public DeployConfig {
        shared = List.copyOf(shared);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        spark = Collections.unmodifiableMap(new LinkedHashMap<>(spark));
    }

    /** The size of a driver. */
    @Description("size of the driver")
    public record Driver(
            @Description("cores") @Default("2") @Range(min = 1)
            int cores,

            @Description("heap") @Default("4g") @Matches(value = Names.SIZE, meaning = Names.SIZE_MEANING)
            String memory) {
        /** The heap in MiB. */
        public int mebibytes() {
            return DeployConfig.mebibytes(memory);
        }
    }

    /** The size of an executor. */
    @Description("size of an executor")
    public record Executor(
            @Description("cores") @Default("4") @Range(min = 1)
            int cores,

            @Description("heap") @Default("8g") @Matches(value = Names.SIZE, meaning = Names.SIZE_MEANING)
            String memory,

            @Description("memory beside the heap, where XGBoost's matrices are")
            @Default("4g")
            @Matches(value = Names.SIZE, meaning = Names.SIZE_MEANING)
            String overhead,

            @Description("GPUs; for more of them, have more executors") @Default("0") @Range(min = 0, max = 1)
            int gpus) {
        /** Heap and overhead in MiB. */
        public int mebibytes() {
            return DeployConfig.mebibytes(memory) + DeployConfig.mebibytes(overhead);
        }
    }

    /** The schedule, read. */
    public Optional<CronSchedule> cron() {
        return schedule.map(CronSchedule::parse);
    }

    /** Whether driver and executors are one process on one machine. */
    public boolean local() {
        return master.startsWith("local");
    }

    @Override
    public List<Flaw> flaws() {
        return new DeployChecks(this).flaws();
    }

    private static int mebibytes(String size) {
        int number = Integer.parseInt(size.substring(0, size.length() - 1));
        return size.endsWith("g") ? number * 1024 : number;
    }
}
