package io.trainyard.jobs.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job of GitLab CI that runs the job's image. Its schedule is a setting of the project, not of the file. */
final class GitLab implements Platform {
    private static final int MOST_RETRIES = 2;

    @Override
    public String name() {
        return "gitlab";
    }

    @Override
    public void check(Deployment deployment, Refusals refusals) {
        Submitting.checkRunner(deployment, "runners of GitLab CI", refusals);
        if (deployment.config().retries() > MOST_RETRIES) {
            refusals.add(
                    "deploy.retries",
                    "%d: GitLab CI starts a failed job again at most %d times"
                            .formatted(deployment.config().retries(), MOST_RETRIES));
        }
    }

    @Override
    public Rendering render(Deployment deployment) {
        List<String> next = new ArrayList<>(List.of(Uploads.ofFile(deployment)));
        deployment.secrets().values().stream()
                .distinct()
                .forEach(secret -> next.add(
                        "glab variable set %s --masked  # unless it is there".formatted(SecretNames.variable(secret))));
        next.add("cp @DIR@/%s . and name it in .gitlab-ci.yml: include: [{local: %s}]"
                .formatted(file(deployment), file(deployment)));
        deployment
                .cron()
                .ifPresent(cron -> next.add(Shell.command(List.of(
                        "glab",
                        "schedule",
                        "create",
                        "--ref",
                        "main",
                        "--description",
                        deployment.name(),
                        "--cron",
                        cron.toUnix(),
                        "--cronTimeZone",
                        deployment.zoneName()))));
        return new Rendering(
                List.of(RenderedFile.of(file(deployment), Yaml.of(head(deployment), jobs(deployment)))), next);
    }

    private static String file(Deployment deployment) {
        return deployment.label() + ".gitlab-ci.yml";
    }

    private static String head(Deployment deployment) {
        return deployment.head("gitlab")
                + deployment
                        .cron()
                        .map(cron -> "\nGitLab keeps schedules in the project (Build > Pipeline schedules): %s, %s"
                                .formatted(cron.toUnix(), deployment.zoneName()))
                        .orElse("");
    }

    private static Map<String, Object> jobs(Deployment deployment) {
        Map<String, Object> job = new LinkedHashMap<>();
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("name", Docker.imageName(deployment));
        image.put("entrypoint", List.of(""));
        job.put("image", image);
        Map<String, Object> variables = new LinkedHashMap<>();
        deployment.clearVariables().forEach((name, value) -> variables.put(name, value.replace("$", "$$")));
        deployment.secrets().forEach((name, secret) -> {
            if (!name.equals(SecretNames.variable(secret))) {
                variables.put(name, "$" + SecretNames.variable(secret));
            }
        });
        if (!variables.isEmpty()) {
            job.put("variables", variables);
        }
        job.put(
                "rules",
                List.of(
                        Map.of("if", "$CI_PIPELINE_SOURCE == \"schedule\""),
                        Map.of("if", "$CI_PIPELINE_SOURCE == \"web\"")));
        job.put("resource_group", deployment.label());
        deployment.config().timeout().ifPresent(time -> job.put("timeout", time.toSeconds() + " seconds"));
        if (deployment.config().retries() > 0) {
            Map<String, Object> retry = new LinkedHashMap<>();
            retry.put("max", deployment.config().retries());
            retry.put("exit_codes", List.of(1));
            job.put("retry", retry);
        }
        job.put("script", List.of(Attempts.once(deployment).strip()));
        return Map.of(deployment.label(), job);
    }
}
