package io.trainyard.jobs.deploy;

import io.trainyard.jobs.config.DatabricksConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job of an asset bundle, on a cluster of its own. The session, Delta and its catalog are the platform's. */
final class Databricks implements Platform {
    private static final Storage STORAGE = new Storage(
            "machines of Databricks",
            List.of("s3", "s3a", "abfss", "gs"),
            List.of("/Volumes", "/Workspace"),
            false,
            "/Volumes/main/ml/trainyard");
    private static final String GPU_RUNTIME = "16.4.x-gpu-ml-scala2.12";

    @Override
    public String name() {
        return "databricks";
    }

    @Override
    public void check(Deployment deployment, Refusals refusals) {
        STORAGE.check(deployment, refusals);
        Schedules.checkDays(deployment, "Quartz, which starts jobs of Databricks,", refusals);
        DatabricksConfig databricks = deployment.config().databricks();
        Gpus.checkMachine(deployment, "deploy.databricks.node", databricks.node(), refusals);
        int gpus = deployment.config().executor().gpus();
        if (gpus > 0 && !databricks.bringsGpus()) {
            refusals.add(
                    "deploy.databricks.runtime",
                    "'%s' brings no drivers for GPUs, and deploy.executor.gpus is %d: use %s"
                            .formatted(databricks.runtime(), gpus, GPU_RUNTIME));
        }
        deployment.secrets().forEach((variable, secret) -> {
            if (secret.indexOf('/') < 0 || secret.indexOf('/') != secret.lastIndexOf('/')) {
                refusals.add(
                        "deploy.environment." + variable + ".secret",
                        "'%s' is not a scope and a key of Databricks: write {secret: SCOPE/KEY}".formatted(secret));
            }
        });
    }

    @Override
    public Rendering render(Deployment deployment) {
        String file = Yaml.of(deployment.head(name()), bundle(deployment));
        return new Rendering(
                List.of(RenderedFile.of("databricks.yml", file)),
                List.of(
                        Uploads.of(deployment).get(0),
                        Uploads.of(deployment).get(1),
                        "cd @DIR@ && databricks bundle deploy",
                        "databricks bundle run " + Shell.quote(key(deployment))));
    }

    /** Keys of resources are the bundle's own names. */
    private static String key(Deployment deployment) {
        return deployment.label().replace('-', '_');
    }

    private static Map<String, Object> bundle(Deployment deployment) {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("bundle", Map.of("name", deployment.label()));
        bundle.put("resources", Map.of("jobs", Map.of(key(deployment), job(deployment))));
        return bundle;
    }

    private static Map<String, Object> job(Deployment deployment) {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("name", deployment.name());
        job.put("max_concurrent_runs", 1);
        deployment.cron().ifPresent(cron -> {
            Map<String, Object> schedule = new LinkedHashMap<>();
            schedule.put("quartz_cron_expression", cron.toQuartz().orElseThrow());
            schedule.put("timezone_id", deployment.zoneName());
            schedule.put("pause_status", "UNPAUSED");
            job.put("schedule", schedule);
        });
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("job_cluster_key", "main");
        cluster.put("new_cluster", cluster(deployment));
        job.put("job_clusters", List.of(cluster));
        job.put("tasks", List.of(task(deployment)));
        return job;
    }

    private static Map<String, Object> task(Deployment deployment) {
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("task_key", deployment.config().command().toString());
        task.put("job_cluster_key", "main");
        Map<String, Object> jar = new LinkedHashMap<>();
        jar.put("main_class_name", Deployment.MAIN);
        jar.put("parameters", deployment.arguments());
        task.put("spark_jar_task", jar);
        task.put("libraries", List.of(Map.of("jar", deployment.jar())));
        if (deployment.config().retries() > 0) {
            task.put("max_retries", deployment.config().retries());
        }
        deployment.config().timeout().ifPresent(time -> task.put("timeout_seconds", (int) time.toSeconds()));
        return task;
    }

    private static Map<String, Object> cluster(Deployment deployment) {
        DatabricksConfig databricks = deployment.config().databricks();
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("spark_version", databricks.runtime());
        cluster.put("node_type_id", databricks.node());
        databricks.policy().ifPresent(policy -> cluster.put("policy_id", policy));
        cluster.put("num_workers", deployment.config().executors());
        cluster.put("data_security_mode", "SINGLE_USER");
        cluster.put("spark_conf", settings(deployment));
        Map<String, String> environment = new LinkedHashMap<>(deployment.clearVariables());
        deployment.secrets().forEach((variable, secret) -> environment.put(variable, "{{secrets/" + secret + "}}"));
        if (!environment.isEmpty()) {
            cluster.put("spark_env_vars", environment);
        }
        return cluster;
    }

    /** A worker holds one executor with all its cores; its heap is said, so that the rest is left for matrices. */
    private static Map<String, String> settings(Deployment deployment) {
        Map<String, String> settings = new LinkedHashMap<>(deployment.settings());
        settings.remove("spark.sql.extensions");
        settings.remove("spark.sql.catalog.spark_catalog");
        settings.put("spark.executor.memory", deployment.config().executor().memory());
        if (deployment.config().executor().gpus() > 0) {
            settings.putIfAbsent("spark.task.resource.gpu.amount", "1");
        }
        return settings;
    }
}
