package io.trainyard.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.config.EmrConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cluster of EMR that ends with its one step: for programs as RunJobFlow, for people as a script, and a step for a running cluster. */
final class Emr implements Platform {
    static final Storage STORAGE = new Storage(
            "machines of EMR", List.of("s3", "s3a"), List.of(), false, "a folder on S3 such as s3://bucket/trainyard");

    /** Without this tag the managed policy of EMR's newer role lets it start no machine. */
    private static final String TAG = "for-use-with-amazon-emr-managed-policies";

    @Override
    public String name() {
        return "emr";
    }

    @Override
    public void check(Deployment deployment, Refusals refusals) {
        STORAGE.check(deployment, refusals);
        Gpus.refuse(deployment, "EMR", refusals);
        Gpus.checkMachine(
                deployment, "deploy.emr.node", deployment.config().emr().node(), refusals);
        AwsSchedule.check(deployment, refusals);
        AwsSchedule.checkRole(deployment, "emr", deployment.config().emr().scheduleRole(), refusals);
        deployment
                .secrets()
                .forEach((variable, secret) -> refusals.add(
                        "deploy.environment." + variable,
                        "secret '%s': EMR on EC2 puts no secrets into a job's environment. Deploy to emr-serverless, which does, or let the machines' own configuration set the variable"
                                .formatted(secret)));
    }

    @Override
    public Rendering render(Deployment deployment) {
        List<RenderedFile> files = new ArrayList<>();
        List<String> arguments = deployment.arguments();
        files.add(RenderedFile.of("run-job-flow.json", Json.pretty(jobFlow(deployment, arguments))));
        files.add(RenderedFile.of("steps.json", Json.pretty(steps(deployment))));
        files.add(RenderedFile.script("submit.sh", script(deployment)));
        List<String> next = new ArrayList<>(Uploads.of(deployment));
        next.add("@DIR@/submit.sh");
        deployment.cron().ifPresent(cron -> {
            files.add(AwsSchedule.file(
                    deployment,
                    "emr:runJobFlow",
                    deployment.config().emr().scheduleRole().orElseThrow(),
                    jobFlow(deployment, deployment.arguments(AwsSchedule.PLANNED))));
            next.add(AwsSchedule.CREATE);
        });
        return new Rendering(files, next);
    }

    private static JsonNode jobFlow(Deployment deployment, List<String> arguments) {
        EmrConfig emr = deployment.config().emr();
        ObjectNode flow = Json.object().put("Name", deployment.name()).put("ReleaseLabel", emr.release());
        emr.logs().ifPresent(logs -> flow.put("LogUri", logs));
        flow.putArray("Applications").addObject().put("Name", "Spark");
        flow.put("ServiceRole", emr.serviceRole()).put("JobFlowRole", emr.jobRole());
        ObjectNode instances = flow.putObject("Instances");
        instances.put("KeepJobFlowAliveWhenNoSteps", false).put("TerminationProtected", false);
        emr.subnet().ifPresent(subnet -> instances.put("Ec2SubnetId", subnet));
        ArrayNode groups = instances.putArray("InstanceGroups");
        groups.add(group("primary", "InstanceRole", "MASTER", emr.node(), 1));
        groups.add(group("core", "InstanceRole", "CORE", emr.node(), nodes(deployment)));
        flow.set("Configurations", configurations());
        ObjectNode step = flow.putArray("Steps").addObject();
        step.put("Name", deployment.name()).put("ActionOnFailure", "TERMINATE_CLUSTER");
        ObjectNode jar = step.putObject("HadoopJarStep").put("Jar", "command-runner.jar");
        jar.set("Args", Json.array(command(deployment, arguments)));
        flow.putArray("Tags").addObject().put("Key", TAG).put("Value", "true");
        return flow;
    }

    /** In the form of the command line, which is not that of the API. */
    private static JsonNode steps(Deployment deployment) {
        ArrayNode steps = Json.array(List.of());
        steps.addObject()
                .put("Type", "CUSTOM_JAR")
                .put("Name", deployment.name())
                .put("ActionOnFailure", "CONTINUE")
                .put("Jar", "command-runner.jar")
                .set("Args", Json.array(command(deployment, deployment.arguments())));
        return steps;
    }

    private static int nodes(Deployment deployment) {
        return deployment.config().emr().nodes().orElse(deployment.config().executors() + 1);
    }

    private static ObjectNode group(String name, String kindKey, String kind, String machine, int count) {
        return Json.object()
                .put("Name", name)
                .put(kindKey, kind)
                .put("InstanceType", machine)
                .put("InstanceCount", count);
    }

    private static ArrayNode configurations() {
        ArrayNode configurations = Json.array(List.of());
        configurations
                .addObject()
                .put("Classification", "delta-defaults")
                .set("Properties", Json.object().put("delta.enabled", "true"));
        return configurations;
    }

    /** In YARN's cluster mode, where a failed driver is started again and the primary machine can be small. */
    private static List<String> command(Deployment deployment, List<String> arguments) {
        List<String> words = new ArrayList<>();
        deployment
                .config()
                .timeout()
                .ifPresent(time -> words.addAll(List.of("timeout", String.valueOf(time.toSeconds()))));
        words.addAll(List.of("spark-submit", "--deploy-mode", "cluster", "--name", deployment.name()));
        words.addAll(List.of("--class", Deployment.MAIN));
        Map<String, String> settings = new LinkedHashMap<>(deployment.everything());
        settings.put(
                "spark.yarn.maxAppAttempts", String.valueOf(deployment.config().retries() + 1));
        deployment.clearVariables().forEach((name, value) -> {
            settings.put("spark.yarn.appMasterEnv." + name, value);
            settings.put("spark.executorEnv." + name, value);
        });
        settings.forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
        words.add(deployment.jar());
        words.addAll(arguments);
        return words;
    }

    private static String script(Deployment deployment) {
        EmrConfig emr = deployment.config().emr();
        ObjectNode machines = Json.object().put("InstanceProfile", emr.jobRole());
        emr.subnet().ifPresent(subnet -> machines.put("SubnetId", subnet));
        ArrayNode groups = Json.array(List.of());
        groups.add(group("primary", "InstanceGroupType", "MASTER", emr.node(), 1));
        groups.add(group("core", "InstanceGroupType", "CORE", emr.node(), nodes(deployment)));
        List<String> lines = new ArrayList<>(List.of("aws emr create-cluster"));
        lines.add("--name " + Shell.quote(deployment.name()));
        lines.add("--release-label " + Shell.quote(emr.release()));
        lines.add("--applications Name=Spark");
        lines.add("--service-role " + Shell.quote(emr.serviceRole()));
        lines.add("--ec2-attributes " + Shell.quote(Json.compact(machines)));
        lines.add("--instance-groups " + Shell.quote(Json.compact(groups)));
        lines.add("--configurations " + Shell.quote(Json.compact(configurations())));
        emr.logs().ifPresent(logs -> lines.add("--log-uri " + Shell.quote(logs)));
        lines.add("--tags " + TAG + "=true");
        lines.add("--steps file://steps.json");
        lines.add("--auto-terminate");
        return """
                #!/usr/bin/env bash
                # %s
                # Starts a cluster that ends with the job. On a cluster that runs already:
                #   aws emr add-steps --cluster-id CLUSTER --steps file://steps.json
                set -euo pipefail
                cd "$(dirname "$0")"
                %s
                """.formatted(deployment.head("emr"), Shell.lines(lines));
    }
}
