package io.trainyard.jobs.deploy;

import java.util.ArrayList;
import java.util.List;

/** A declarative pipeline of Jenkins that runs the job's image. */
final class Jenkins implements Platform {
    @Override
    public String name() {
        return "jenkins";
    }

    @Override
    public void check(Deployment deployment, Refusals refusals) {
        Submitting.checkRunner(deployment, "agents of Jenkins", refusals);
        Schedules.checkDays(deployment, "Jenkins, where both have to fit,", refusals);
    }

    @Override
    public Rendering render(Deployment deployment) {
        List<String> next = new ArrayList<>(List.of(Uploads.ofFile(deployment)));
        deployment.secrets().values().stream()
                .distinct()
                .forEach(secret -> next.add(
                        "In Jenkins, add credentials of the kind secret text with the ID %s, unless they are there"
                                .formatted(SecretNames.identifier(secret))));
        next.add(
                "In Jenkins, make a pipeline from this Jenkinsfile, and start it once: it has its schedule from then on");
        return new Rendering(List.of(RenderedFile.of("Jenkinsfile", pipeline(deployment))), next);
    }

    private static String pipeline(Deployment deployment) {
        String schedule = deployment
                .cron()
                .map(cron -> "    triggers {\n        cron(%s)\n    }\n"
                        .formatted(groovy("TZ=" + deployment.zoneName() + "\n" + cron.toUnix())))
                .orElse("");
        String timeout = deployment
                .config()
                .timeout()
                .map(time -> "        timeout(time: %d, unit: 'SECONDS')\n".formatted(time.toSeconds()))
                .orElse("");
        return """
                // %s
                pipeline {
                    agent {
                        docker {
                            image %s
                            args '--entrypoint=""'
                        }
                    }
                %s    options {
                        disableConcurrentBuilds()
                %s    }
                %s    stages {
                        stage(%s) {
                            steps {
                                sh %s
                            }
                        }
                    }
                }
                """.formatted(
                        deployment.head("jenkins"),
                        groovy(Docker.imageName(deployment)),
                        schedule,
                        timeout,
                        environment(deployment),
                        groovy(deployment.config().command().toString()),
                        groovy(Attempts.of(deployment)));
    }

    private static String environment(Deployment deployment) {
        List<String> lines = new ArrayList<>();
        deployment
                .clearVariables()
                .forEach((name, value) -> lines.add("        %s = %s\n".formatted(name, groovy(value))));
        deployment
                .secrets()
                .forEach((name, secret) -> lines.add(
                        "        %s = credentials(%s)\n".formatted(name, groovy(SecretNames.identifier(secret)))));
        return lines.isEmpty() ? "" : "    environment {\n" + String.join("", lines) + "    }\n";
    }

    /** A literal of Groovy in which nothing is replaced: in three quotes where it has several lines. */
    static String groovy(String text) {
        String escaped = text.replace("\\", "\\\\").replace("'", "\\'");
        return text.contains("\n") ? "'''" + escaped + "'''" : "'" + escaped + "'";
    }
}
