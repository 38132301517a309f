package io.trainyard.jobs.deploy;

import io.trainyard.jobs.config.KubernetesConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** An application of the Spark operator (API v1beta2), the same by spark-submit, and the image of both. */
final class Kubernetes implements Platform {
    private static final Storage STORAGE = new Storage(
            "pods of a cluster", Storage.EVERYWHERE, List.of(), false, "a place such as s3a://bucket/trainyard");

    /** Of the user that Spark's images are made for. */
    private static final int USER = 185;

    private static final int RETRY_SECONDS = 60;
    private static final int WEEK_SECONDS = 7 * 24 * 3600;
    private static final String LABEL = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public void check(Deployment deployment, Refusals refusals) {
        STORAGE.check(deployment, refusals);
        Submitting.requireImage(deployment, refusals);
        deployment.secrets().forEach((variable, secret) -> {
            String[] parts = secret.split("/", -1);
            if (parts.length != 2 || !parts[0].matches(LABEL)) {
                refusals.add(
                        "deploy.environment." + variable + ".secret",
                        "'%s' is not a Secret and a key of it: write {secret: NAME/KEY}, the name in small letters"
                                .formatted(secret));
            }
        });
    }

    @Override
    public Rendering render(Deployment deployment) {
        Object application =
                deployment.cron().<Object>map(cron -> scheduled(deployment)).orElseGet(() -> application(deployment));
        List<RenderedFile> files = List.of(
                RenderedFile.of("spark-application.yaml", Yaml.of(deployment.head(name()), application)),
                RenderedFile.script("submit.sh", script(deployment)),
                RenderedFile.of(
                        "driver-template.yaml",
                        Yaml.of(deployment.head(name()), template(deployment, "spark-kubernetes-driver"))),
                RenderedFile.of(
                        "executor-template.yaml",
                        Yaml.of(deployment.head(name()), template(deployment, "spark-kubernetes-executor"))),
                Docker.image(deployment, name()));
        List<String> next = new ArrayList<>(Docker.build(deployment));
        next.add("docker push " + Shell.quote(Docker.imageName(deployment)));
        next.add(Uploads.ofFile(deployment));
        deployment.secrets().values().stream()
                .distinct()
                .forEach(secret ->
                        next.add("kubectl -n %s create secret generic %s --from-file=%s=FILE  # unless it is there"
                                .formatted(namespace(deployment), name(secret), key(secret))));
        next.add("kubectl apply -f @DIR@/spark-application.yaml  # where the Spark operator is; else @DIR@/submit.sh");
        return new Rendering(files, next);
    }

    private static String namespace(Deployment deployment) {
        return deployment.config().kubernetes().namespace();
    }

    private static String name(String secret) {
        return secret.substring(0, secret.indexOf('/'));
    }

    private static String key(String secret) {
        return secret.substring(secret.indexOf('/') + 1);
    }

    private static Map<String, Object> application(Deployment deployment) {
        return resource(deployment, "SparkApplication", spec(deployment));
    }

    private static Map<String, Object> scheduled(Deployment deployment) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put(
                "schedule",
                "CRON_TZ=%s %s"
                        .formatted(
                                deployment.zoneName(),
                                deployment.cron().orElseThrow().toUnix()));
        spec.put("concurrencyPolicy", "Forbid");
        spec.put("successfulRunHistoryLimit", 3);
        spec.put("failedRunHistoryLimit", 3);
        spec.put("template", spec(deployment));
        return resource(deployment, "ScheduledSparkApplication", spec);
    }

    private static Map<String, Object> resource(Deployment deployment, String kind, Map<String, Object> spec) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", deployment.label());
        metadata.put("namespace", namespace(deployment));
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("apiVersion", "sparkoperator.k8s.io/v1beta2");
        resource.put("kind", kind);
        resource.put("metadata", metadata);
        resource.put("spec", spec);
        return resource;
    }

    private static Map<String, Object> spec(Deployment deployment) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("type", "Java");
        spec.put("mode", "cluster");
        spec.put("sparkVersion", Deployment.SPARK);
        spec.put("image", Docker.imageName(deployment));
        spec.put("imagePullPolicy", "IfNotPresent");
        spec.put("mainClass", Deployment.MAIN);
        spec.put("mainApplicationFile", jar());
        spec.put("arguments", deployment.arguments());
        Map<String, String> settings = new LinkedHashMap<>(deployment.settings());
        settings.putAll(gpus(deployment));
        spec.put("sparkConf", SparkSubmit.inContainer(settings));
        spec.put("restartPolicy", restart(deployment));
        spec.put("timeToLiveSeconds", WEEK_SECONDS);
        spec.put("volumes", List.of(volume()));
        spec.put("driver", driver(deployment));
        spec.put("executor", executor(deployment));
        return spec;
    }

    private static String jar() {
        return "local://" + Deployment.HOME + "/trainyard.jar";
    }

    /** Always with the intervals: without one, the operator never starts the next attempt. */
    private static Map<String, Object> restart(Deployment deployment) {
        int retries = deployment.config().retries();
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("type", retries == 0 ? "Never" : "OnFailure");
        if (retries > 0) {
            policy.put("onFailureRetries", retries);
            policy.put("onFailureRetryInterval", RETRY_SECONDS);
            policy.put("onSubmissionFailureRetries", retries);
            policy.put("onSubmissionFailureRetryInterval", RETRY_SECONDS);
        }
        return policy;
    }

    private static Map<String, Object> driver(Deployment deployment) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("cores", deployment.config().driver().cores());
        driver.put("memory", deployment.config().driver().memory());
        driver.put("serviceAccount", deployment.config().kubernetes().serviceAccount());
        List<Object> environment = environment(deployment);
        if (!environment.isEmpty()) {
            driver.put("env", environment);
        }
        deployment
                .config()
                .timeout()
                .ifPresent(time -> driver.put("template", Map.of("spec", limited(time.toSeconds()))));
        secure(driver);
        return driver;
    }

    /** A pod's containers are needed by the API, and Spark fills them in. */
    private static Map<String, Object> limited(long seconds) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("activeDeadlineSeconds", seconds);
        spec.put("containers", List.of(Map.of("name", "spark-kubernetes-driver")));
        return spec;
    }

    private static Map<String, Object> executor(Deployment deployment) {
        Map<String, Object> executor = new LinkedHashMap<>();
        executor.put("instances", deployment.config().executors());
        executor.put("cores", deployment.config().executor().cores());
        executor.put("memory", deployment.config().executor().memory());
        executor.put("memoryOverhead", deployment.config().executor().overhead());
        secure(executor);
        return executor;
    }

    private static void secure(Map<String, Object> pod) {
        pod.put("securityContext", securityContext());
        pod.put("volumeMounts", List.of(temporary()));
    }

    private static Map<String, Object> volume() {
        Map<String, Object> volume = new LinkedHashMap<>();
        volume.put("name", "tmp");
        volume.put("emptyDir", Map.of());
        return volume;
    }

    private static Map<String, Object> temporary() {
        Map<String, Object> mount = new LinkedHashMap<>();
        mount.put("name", "tmp");
        mount.put("mountPath", "/tmp");
        return mount;
    }

    private static Map<String, Object> securityContext() {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("runAsNonRoot", true);
        context.put("runAsUser", USER);
        context.put("readOnlyRootFilesystem", true);
        context.put("allowPrivilegeEscalation", false);
        context.put("capabilities", Map.of("drop", List.of("ALL")));
        context.put("seccompProfile", Map.of("type", "RuntimeDefault"));
        return context;
    }

    private static List<Object> environment(Deployment deployment) {
        List<Object> environment = new ArrayList<>();
        deployment.clearVariables().forEach((name, value) -> {
            Map<String, Object> variable = new LinkedHashMap<>();
            variable.put("name", name);
            variable.put("value", value.replace("$(", "$$("));
            environment.add(variable);
        });
        deployment.secrets().forEach((name, secret) -> {
            Map<String, Object> reference = new LinkedHashMap<>();
            reference.put("name", name(secret));
            reference.put("key", key(secret));
            Map<String, Object> variable = new LinkedHashMap<>();
            variable.put("name", name);
            variable.put("valueFrom", Map.of("secretKeyRef", reference));
            environment.add(variable);
        });
        return environment;
    }

    /** The vendor makes a resource of Kubernetes of it: {@code nvidia.com/gpu}. */
    private static Map<String, String> gpus(Deployment deployment) {
        Map<String, String> gpus = new LinkedHashMap<>(deployment.gpus());
        if (!gpus.isEmpty()) {
            gpus.put("spark.executor.resource.gpu.vendor", "nvidia.com");
        }
        return gpus;
    }

    private static Map<String, Object> template(Deployment deployment, String container) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("name", container);
        content.put("securityContext", securityContext());
        content.put("volumeMounts", List.of(temporary()));
        Map<String, Object> spec = new LinkedHashMap<>();
        if (container.endsWith("driver")) {
            deployment.config().timeout().ifPresent(time -> spec.put("activeDeadlineSeconds", time.toSeconds()));
        }
        spec.put("containers", List.of(content));
        spec.put("volumes", List.of(volume()));
        Map<String, Object> pod = new LinkedHashMap<>();
        pod.put("apiVersion", "v1");
        pod.put("kind", "Pod");
        pod.put("spec", spec);
        return pod;
    }

    private static String script(Deployment deployment) {
        KubernetesConfig kubernetes = deployment.config().kubernetes();
        Map<String, String> settings = new LinkedHashMap<>(SparkSubmit.inContainer(deployment.everything()));
        settings.putAll(gpus(deployment));
        settings.put("spark.kubernetes.namespace", kubernetes.namespace());
        settings.put("spark.kubernetes.authenticate.driver.serviceAccountName", kubernetes.serviceAccount());
        settings.put("spark.kubernetes.container.image", Docker.imageName(deployment));
        settings.put("spark.kubernetes.driver.podTemplateFile", "driver-template.yaml");
        settings.put("spark.kubernetes.driver.podTemplateContainerName", "spark-kubernetes-driver");
        settings.put("spark.kubernetes.executor.podTemplateFile", "executor-template.yaml");
        settings.put("spark.kubernetes.executor.podTemplateContainerName", "spark-kubernetes-executor");
        deployment.clearVariables().forEach((name, value) -> settings.put("spark.kubernetes.driverEnv." + name, value));
        deployment
                .secrets()
                .forEach((name, secret) ->
                        settings.put("spark.kubernetes.driver.secretKeyRef." + name, name(secret) + ":" + key(secret)));
        String server = kubernetes.server().map(Shell::quote).orElse("\"$server\"");
        String ask = kubernetes.server().isPresent()
                ? ""
                : "server=$(kubectl config view --minify --output 'jsonpath={.clusters[0].cluster.server}')\n";
        String submit = new SparkSubmit("\"${SPARK_HOME:?is not set}\"/bin/spark-submit", "MASTER", jar())
                .lines(deployment, settings, List.of("--deploy-mode cluster"))
                .replaceFirst("--master MASTER", Matcher.quoteReplacement("--master k8s://" + server));
        return """
                #!/usr/bin/env bash
                # %s
                # The job by spark-submit, for clusters without the Spark operator.
                set -euo pipefail
                cd "$(dirname "$0")"
                %sexec %s
                """.formatted(deployment.head("kubernetes"), ask, submit);
    }
}
