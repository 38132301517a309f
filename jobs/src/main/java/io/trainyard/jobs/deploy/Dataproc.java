package io.trainyard.jobs.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.config.DataprocConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A serverless batch of Dataproc. Delta is not in its runtime, and comes along as jars. */
final class Dataproc implements Platform {
    private static final Storage STORAGE = new Storage(
            "machines of Dataproc",
            List.of("gs"),
            List.of(),
            false,
            "a folder on Cloud Storage such as gs://bucket/trainyard");

    /** What executors and drivers of the runtime may have (Dataproc Serverless, Spark properties). */
    private static final Set<Integer> CORES = Set.of(4, 8, 16);

    private static final int LEAST_EXECUTORS = 2;

    @Override
    public String name() {
        return "dataproc";
    }

    @Override
    public void check(Deployment deployment, Refusals refusals) {
        STORAGE.check(deployment, refusals);
        Gpus.refuse(deployment, "Dataproc", refusals);
        if (deployment.config().dataproc().isEmpty()) {
            refusals.add(
                    "deploy.dataproc",
                    "is missing: name project and region, as in {project: fraud-models, region: europe-west1}");
        }
        checkCores("deploy.driver.cores", deployment.config().driver().cores(), refusals);
        checkCores("deploy.executor.cores", deployment.config().executor().cores(), refusals);
        if (deployment.config().executors() < LEAST_EXECUTORS) {
            refusals.add(
                    "deploy.executors",
                    "%d: a serverless batch has at least %d"
                            .formatted(deployment.config().executors(), LEAST_EXECUTORS));
        }
        if (deployment.config().retries() > 0) {
            refusals.add(
                    "deploy.retries",
                    "%d: a serverless batch is not started again. Set it to 0 for this target"
                            .formatted(deployment.config().retries()));
        }
        deployment
                .secrets()
                .forEach((variable, secret) -> refusals.add(
                        "deploy.environment." + variable,
                        "secret '%s': a serverless batch gets no secrets in its environment. Deploy to kubernetes on GKE, which has them"
                                .formatted(secret)));
    }

    private static void checkCores(String key, int cores, Refusals refusals) {
        if (!CORES.contains(cores)) {
            refusals.add(key, "%d: a serverless batch takes 4, 8 or 16".formatted(cores));
        }
    }

    @Override
    public Rendering render(Deployment deployment) {
        DataprocConfig dataproc = deployment.config().dataproc().orElseThrow();
        List<RenderedFile> files = List.of(
                RenderedFile.of("batch.json", Json.pretty(batch(deployment, dataproc))),
                RenderedFile.script("submit.sh", script(deployment, dataproc)));
        List<String> next = new ArrayList<>(Uploads.of(deployment));
        for (String jar : deltaJars()) {
            next.add(Uploads.copy("jobs/target/dist/jars/" + jar, deployment.files() + "/" + jar));
        }
        next.add("@DIR@/submit.sh");
        deployment.cron().ifPresent(cron -> next.add(Shell.command(scheduler(deployment, dataproc, cron.toUnix()))));
        return new Rendering(files, next);
    }

    private static List<String> deltaJars() {
        return List.of("delta-spark_2.12-" + Deployment.DELTA + ".jar", "delta-storage-" + Deployment.DELTA + ".jar");
    }

    private static List<String> jars(Deployment deployment) {
        List<String> jars = new ArrayList<>(List.of(deployment.jar()));
        deltaJars().forEach(jar -> jars.add(deployment.files() + "/" + jar));
        return jars;
    }

    /** The batch as the API takes it, for schedulers. */
    private static ObjectNode batch(Deployment deployment, DataprocConfig dataproc) {
        ObjectNode batch = Json.object();
        ObjectNode spark = batch.putObject("sparkBatch").put("mainClass", Deployment.MAIN);
        spark.set("jarFileUris", Json.array(jars(deployment)));
        spark.set("args", Json.array(deployment.arguments()));
        batch.putObject("runtimeConfig")
                .put("version", dataproc.version())
                .set("properties", Json.object(settings(deployment)));
        ObjectNode execution = batch.putObject("environmentConfig").putObject("executionConfig");
        dataproc.serviceAccount().ifPresent(account -> execution.put("serviceAccount", account));
        deployment.config().timeout().ifPresent(time -> execution.put("ttl", time.toSeconds() + "s"));
        return batch;
    }

    private static Map<String, String> settings(Deployment deployment) {
        Map<String, String> settings = new LinkedHashMap<>(deployment.everything());
        deployment.clearVariables().forEach((name, value) -> {
            settings.put("spark.dataproc.driverEnv." + name, value);
            settings.put("spark.executorEnv." + name, value);
        });
        return settings;
    }

    private static String script(Deployment deployment, DataprocConfig dataproc) {
        List<String> lines = new ArrayList<>(List.of("gcloud dataproc batches submit spark"));
        lines.add("--project " + Shell.quote(dataproc.project()));
        lines.add("--region " + Shell.quote(dataproc.region()));
        lines.add("--version " + Shell.quote(dataproc.version()));
        lines.add("--batch \"%s-$(date -u +%%Y%%m%%d-%%H%%M%%S)\"".formatted(deployment.label()));
        dataproc.serviceAccount().ifPresent(account -> lines.add("--service-account " + Shell.quote(account)));
        deployment.config().timeout().ifPresent(time -> lines.add("--ttl " + time.toSeconds() + "s"));
        lines.add("--class " + Deployment.MAIN);
        lines.add("--jars " + Shell.quote(String.join(",", jars(deployment))));
        lines.add("--properties " + Shell.quote(properties(settings(deployment))));
        lines.add("-- " + Shell.command(deployment.arguments()));
        return """
                #!/usr/bin/env bash
                # %s
                set -euo pipefail
                exec %s
                """.formatted(deployment.head("dataproc"), Shell.lines(lines));
    }

    /** With a separator that no value holds, as gcloud allows it. */
    private static String properties(Map<String, String> settings) {
        String all = settings.toString();
        String separator = List.of(";", "~", "!", "%%", "@@@", "|||").stream()
                .filter(candidate -> !all.contains(candidate))
                .findFirst()
                .orElse("<<<>>>");
        List<String> pairs = settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        return "^" + separator + "^" + String.join(separator, pairs);
    }

    private static List<String> scheduler(Deployment deployment, DataprocConfig dataproc, String cron) {
        List<String> words =
                new ArrayList<>(List.of("gcloud", "scheduler", "jobs", "create", "http", deployment.label()));
        words.addAll(List.of("--project", dataproc.project(), "--location", dataproc.region()));
        words.addAll(List.of("--schedule", cron, "--time-zone", deployment.zoneName(), "--http-method", "POST"));
        words.addAll(List.of(
                "--uri",
                "https://dataproc.googleapis.com/v1/projects/%s/locations/%s/batches"
                        .formatted(dataproc.project(), dataproc.region())));
        words.addAll(List.of("--message-body-from-file", "@DIR@/batch.json"));
        words.addAll(List.of(
                "--oauth-service-account-email", dataproc.serviceAccount().orElse("SERVICE_ACCOUNT")));
        return words;
    }
}
