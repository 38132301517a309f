package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked.Flaw;
import io.trainyard.jobs.config.binding.OptionValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What does not fit within the section {@code deploy}, whatever the platform. */
final class DeployChecks {
    private static final String EXECUTOR_GPUS = "spark.executor.resource.gpu.amount";
    private static final String TASK_GPUS = "spark.task.resource.gpu.amount";
    private static final String DYNAMIC = "spark.dynamicAllocation.enabled";

    private final DeployConfig config;
    private final List<Flaw> flaws = new ArrayList<>();

    DeployChecks(DeployConfig config) {
        this.config = config;
    }

    List<Flaw> flaws() {
        checkSchedule();
        if (config.timeout().filter(Duration::isZero).isPresent()) {
            flaws.add(new Flaw("timeout", "must be longer than nothing"));
        }
        config.files()
                .filter(files ->
                        files.resolved().startsWith("dbfs:") || files.resolved().startsWith("/dbfs/"))
                .ifPresent(files -> flaws.add(new Flaw(
                        "files",
                        "Databricks installs nothing from DBFS since its runtime 16: name a folder of a volume, such as /Volumes/main/ml/trainyard, found '%s'"
                                .formatted(files))));
        config.shared().stream()
                .filter(folder -> !folder.startsWith("/"))
                .forEach(folder -> flaws.add(
                        new Flaw("shared", "expected an absolute path such as /shared, found '%s'".formatted(folder))));
        config.image().flatMap(ImageName::flaw).ifPresent(message -> flaws.add(new Flaw("image", message)));
        checkSizes();
        checkGpus();
        config.environment().forEach(this::checkVariable);
        config.spark().forEach(this::checkSetting);
        return flaws;
    }

    private void checkSchedule() {
        config.schedule().ifPresent(text -> {
            try {
                CronSchedule.parse(text);
            } catch (IllegalArgumentException unreadable) {
                flaws.add(new Flaw(
                        "schedule",
                        "expected five fields of cron such as 0 3 * * *, found '%s': %s"
                                .formatted(text, unreadable.getMessage())));
            }
        });
    }

    private void checkSizes() {
        Map<String, Map.Entry<String, String>> sizes = new LinkedHashMap<>();
        DeployConfig.Executor executor = config.executor();
        sizes.put(
                "spark.driver.cores",
                Map.entry("driver.cores", String.valueOf(config.driver().cores())));
        sizes.put(
                "spark.driver.memory",
                Map.entry("driver.memory", config.driver().memory()));
        sizes.put("spark.executor.instances", Map.entry("executors", String.valueOf(config.executors())));
        sizes.put("spark.executor.cores", Map.entry("executor.cores", String.valueOf(executor.cores())));
        sizes.put("spark.executor.memory", Map.entry("executor.memory", executor.memory()));
        sizes.put("spark.executor.memoryOverhead", Map.entry("executor.overhead", executor.overhead()));
        sizes.put(EXECUTOR_GPUS, Map.entry("executor.gpus", String.valueOf(executor.gpus())));
        sizes.forEach((key, size) -> setting(key)
                .filter(value -> !value.equals(size.getValue()))
                .ifPresent(value -> flaws.add(new Flaw(
                        "spark." + key,
                        "'%s' contradicts deploy.%s, which is %s: give the size there alone"
                                .formatted(value, size.getKey(), size.getValue())))));
    }

    private void checkGpus() {
        int gpus = config.executor().gpus();
        if (gpus > 0 && setting(DYNAMIC).filter("true"::equals).isPresent()) {
            flaws.add(
                    new Flaw(
                            "spark." + DYNAMIC,
                            "'true' lets executors with GPUs come and go, and training with them: remove it, or set executor.gpus to 0"));
        }
        Optional<String> task = setting(TASK_GPUS);
        if (task.isEmpty()) {
            return;
        }
        if (!task.get().matches("[0-9]{1,3}(\\.[0-9]{1,9})?|\\.[0-9]{1,9}") || Double.parseDouble(task.get()) <= 0) {
            flaws.add(new Flaw(
                    "spark." + TASK_GPUS, "expected a number above 0 such as 1, found '%s'".formatted(task.get())));
        } else if (gpus == 0) {
            flaws.add(new Flaw(
                    "spark." + TASK_GPUS,
                    "'%s' is asked for by a task, and executors have none: set executor.gpus, or remove it"
                            .formatted(task.get())));
        } else if (Double.parseDouble(task.get()) > gpus) {
            flaws.add(new Flaw(
                    "spark." + TASK_GPUS,
                    "'%s' is more than the %d of an executor, so that no task could start: lower it"
                            .formatted(task.get(), gpus)));
        }
    }

    private void checkVariable(String name, VariableConfig variable) {
        if (!(variable instanceof VariableConfig.Clear clear)) {
            return;
        }
        String key = "environment." + name;
        if (Secrets.isNameOfVariable(name)) {
            flaws.add(
                    new Flaw(
                            key,
                            "looks like a secret and would stand in clear in a job definition: name one that the platform keeps, {secret: NAME}"));
        } else if (Secrets.isIn(clear.value())) {
            flaws.add(new Flaw(
                    key,
                    "'%s' holds a password in clear: name a secret that the platform keeps, {secret: NAME}"
                            .formatted(Secrets.shown(clear.value()))));
        }
    }

    private void checkSetting(String key, OptionValue value) {
        if (Secrets.isReference(value.value())) {
            return;
        }
        if (Secrets.isNameOfSetting(key, value.value())) {
            flaws.add(
                    new Flaw(
                            "spark." + key,
                            "looks like a secret and would stand in clear in a job definition: give it as a variable, environment: {NAME: {secret: NAME}}, or as {{secrets/SCOPE/KEY}} on Databricks and EMR.secret@NAME on EMR Serverless"));
        } else if (Secrets.isIn(value)) {
            flaws.add(new Flaw(
                    "spark." + key,
                    "'%s' holds a password in clear: give it as a variable, environment: {NAME: {secret: NAME}}"
                            .formatted(Secrets.shown(value))));
        }
    }

    private Optional<String> setting(String key) {
        return Optional.ofNullable(config.spark().get(key)).map(OptionValue::value);
    }
}
