package io.trainyard.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.config.EmrServerlessConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job run of EMR Serverless. */
final class EmrServerless implements Platform {
    private static final int MIB = 1024;

    /** Least and most memory of a worker in GiB by its cores (EMR Serverless user guide, worker configurations). */
    private static final Map<Integer, Map.Entry<Integer, Integer>> WORKERS = Map.of(
            1, Map.entry(2, 8),
            2, Map.entry(4, 16),
            4, Map.entry(8, 30),
            8, Map.entry(16, 60),
            16, Map.entry(32, 120));

    /** What Spark adds to a driver's heap, as nothing else is said. */
    private static final double DRIVER_OVERHEAD = 1.1;

    private static final String JAVA = "/usr/lib/jvm/java-17-amazon-corretto.x86_64/";
    private static final String DELTA =
            "/usr/share/aws/delta/lib/delta-spark.jar,/usr/share/aws/delta/lib/delta-storage.jar";

    @Override
    public String name() {
        return "emr-serverless";
    }

    @Override
    public void check(Deployment deployment, Refusals refusals) {
        Emr.STORAGE.check(deployment, refusals);
        Gpus.refuse(deployment, "EMR Serverless", refusals);
        Optional<EmrServerlessConfig> section = deployment.config().emrServerless();
        if (section.isEmpty()) {
            refusals.add(
                    "deploy.emr_serverless",
                    "is missing: name an application and a role, as in {application: 00f1r2s3t4u5v6w7, role: arn:aws:iam::123456789012:role/trainyard}");
        }
        AwsSchedule.check(deployment, refusals);
        section.ifPresent(given -> AwsSchedule.checkRole(deployment, "emr_serverless", given.scheduleRole(), refusals));
        checkWorker(
                "deploy.driver",
                deployment.config().driver().cores(),
                (int) (DRIVER_OVERHEAD * deployment.config().driver().mebibytes()),
                refusals);
        checkWorker(
                "deploy.executor",
                deployment.config().executor().cores(),
                deployment.config().executor().mebibytes(),
                refusals);
    }

    private static void checkWorker(String key, int cores, int mebibytes, Refusals refusals) {
        Map.Entry<Integer, Integer> memory = WORKERS.get(cores);
        if (memory == null) {
            refusals.add(key + ".cores", "%d: workers of EMR Serverless have 1, 2, 4, 8 or 16".formatted(cores));
        } else if (mebibytes > memory.getValue() * MIB) {
            refusals.add(
                    key + ".memory",
                    "%d MiB with what is beside the heap: workers of EMR Serverless with %d cores have %d to %d GiB"
                            .formatted(mebibytes, cores, memory.getKey(), memory.getValue()));
        }
    }

    @Override
    public Rendering render(Deployment deployment) {
        List<RenderedFile> files = new ArrayList<>();
        ObjectNode run = run(deployment, deployment.arguments());
        files.add(RenderedFile.of("start-job-run.json", Json.pretty(run)));
        List<String> next = new ArrayList<>(Uploads.of(deployment));
        next.add("aws emr-serverless start-job-run --cli-input-json file://@DIR@/start-job-run.json");
        deployment.cron().ifPresent(cron -> {
            ObjectNode planned = run(deployment, deployment.arguments(AwsSchedule.PLANNED));
            planned.put("clientToken", AwsSchedule.EXECUTION);
            files.add(AwsSchedule.file(
                    deployment,
                    "emrserverless:startJobRun",
                    section(deployment).scheduleRole().orElseThrow(),
                    capitalized(planned)));
            next.add(AwsSchedule.CREATE);
        });
        return new Rendering(files, next);
    }

    private static EmrServerlessConfig section(Deployment deployment) {
        return deployment.config().emrServerless().orElseThrow();
    }

    /** Without a token: the command line makes one for each start. */
    private static ObjectNode run(Deployment deployment, List<String> arguments) {
        EmrServerlessConfig section = section(deployment);
        ObjectNode run = Json.object()
                .put("name", deployment.name())
                .put("applicationId", section.application())
                .put("executionRoleArn", section.role());
        deployment
                .config()
                .timeout()
                .ifPresent(time -> run.put("executionTimeoutMinutes", Math.max(1, time.toMinutes())));
        if (deployment.config().retries() > 0) {
            run.putObject("retryPolicy").put("maxAttempts", deployment.config().retries() + 1);
        }
        ObjectNode submit = run.putObject("jobDriver").putObject("sparkSubmit").put("entryPoint", deployment.jar());
        submit.set("entryPointArguments", Json.array(arguments));
        submit.put("sparkSubmitParameters", "--class " + Deployment.MAIN);
        ObjectNode overrides = run.putObject("configurationOverrides");
        overrides
                .putArray("applicationConfiguration")
                .addObject()
                .put("classification", "spark-defaults")
                .set("properties", Json.object(settings(deployment)));
        section.logs()
                .ifPresent(logs -> overrides
                        .putObject("monitoringConfiguration")
                        .putObject("s3MonitoringConfiguration")
                        .put("logUri", logs));
        return run;
    }

    private static Map<String, String> settings(Deployment deployment) {
        Map<String, String> settings = new LinkedHashMap<>(deployment.everything());
        settings.putIfAbsent("spark.jars", DELTA);
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("JAVA_HOME", JAVA);
        environment.putAll(deployment.clearVariables());
        environment.forEach((variable, value) -> {
            settings.put("spark.emr-serverless.driverEnv." + variable, value);
            settings.put("spark.executorEnv." + variable, value);
        });
        deployment
                .secrets()
                .forEach((variable, secret) ->
                        settings.put("spark.emr-serverless.driverEnv." + variable, "EMR.secret@" + secret));
        return settings;
    }

    /** As EventBridge Scheduler names parameters, whatever the API does; keys of properties are no parameters. */
    private static JsonNode capitalized(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> items.add(capitalized(item)));
            return items;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode renamed = Json.object();
        object.fields()
                .forEachRemaining(field -> renamed.set(
                        Character.toUpperCase(field.getKey().charAt(0))
                                + field.getKey().substring(1),
                        field.getKey().equals("properties") ? field.getValue() : capitalized(field.getValue())));
        return renamed;
    }
}
