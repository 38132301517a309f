package io.trainyard.jobs.deploy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A workflow of GitHub Actions that runs the job's image, or submits from it. */
final class GitHub implements Platform {
    private static final Duration LEAST_GAP = Duration.ofMinutes(5);
    private static final String TITLE = "GitHub Actions";

    @Override
    public String name() {
        return "github";
    }

    @Override
    public void check(Deployment deployment, Refusals refusals) {
        Submitting.checkRunner(deployment, "runners of " + TITLE, refusals);
        Schedules.checkUtc(deployment, TITLE, refusals);
        Schedules.checkGap(deployment, TITLE, LEAST_GAP, refusals);
        deployment.secrets().forEach((variable, secret) -> {
            if (SecretNames.variable(secret).startsWith("GITHUB_")) {
                refusals.add(
                        "deploy.environment." + variable + ".secret",
                        "'%s': names that begin with GITHUB_ are GitHub's own. Name it otherwise".formatted(secret));
            }
        });
    }

    @Override
    public Rendering render(Deployment deployment) {
        String file = deployment.label() + ".yml";
        List<String> next = new ArrayList<>(List.of(Uploads.ofFile(deployment)));
        deployment.secrets().values().stream()
                .distinct()
                .forEach(secret ->
                        next.add("gh secret set %s  # unless it is there".formatted(SecretNames.variable(secret))));
        next.add("cp @DIR@/%s .github/workflows/ && git add .github/workflows/%s".formatted(file, file));
        next.add("gh workflow run " + file);
        return new Rendering(
                List.of(RenderedFile.of(file, Yaml.of(deployment.head(name()), workflow(deployment)))), next);
    }

    private static Map<String, Object> workflow(Deployment deployment) {
        Map<String, Object> triggers = new LinkedHashMap<>();
        triggers.put("workflow_dispatch", Map.of());
        deployment.cron().ifPresent(cron -> triggers.put("schedule", List.of(Map.of("cron", cron.toUnix()))));
        Map<String, Object> concurrency = new LinkedHashMap<>();
        concurrency.put("group", deployment.label());
        concurrency.put("cancel-in-progress", false);
        Map<String, Object> workflow = new LinkedHashMap<>();
        workflow.put("name", literal(deployment.name()));
        workflow.put("on", triggers);
        workflow.put("permissions", Map.of());
        workflow.put("concurrency", concurrency);
        workflow.put("jobs", Map.of(deployment.config().command().toString(), job(deployment)));
        return workflow;
    }

    private static Map<String, Object> job(Deployment deployment) {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("runs-on", "ubuntu-latest");
        deployment.config().timeout().ifPresent(time -> job.put("timeout-minutes", Math.max(1, time.toMinutes())));
        job.put("container", Map.of("image", literal(Docker.imageName(deployment))));
        Map<String, Object> environment = new LinkedHashMap<>();
        deployment.clearVariables().forEach((name, value) -> environment.put(name, literal(value)));
        deployment
                .secrets()
                .forEach((name, secret) ->
                        environment.put(name, "${{ secrets.%s }}".formatted(SecretNames.variable(secret))));
        if (!environment.isEmpty()) {
            job.put("env", environment);
        }
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("name", deployment.config().command().toString());
        step.put("run", literal(Attempts.of(deployment)));
        job.put("steps", List.of(step));
        return job;
    }

    /** What GitHub would read as an expression, as one that gives it. */
    private static String literal(String text) {
        return text.replace("${{", "${{ '${{' }}");
    }
}
