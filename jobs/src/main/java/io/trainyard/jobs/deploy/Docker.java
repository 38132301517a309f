package io.trainyard.jobs.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An image with everything but the data, and the command that runs the job in it. */
final class Docker implements Platform {
    private static final String BASE = "apache/spark:" + Deployment.SPARK + "-scala2.12-java17-ubuntu";
    private static final String DEFAULT_IMAGE = "trainyard:0.1.0";

    /** The connector of the Hadoop that Spark 3.5 carries, with what it needs. */
    private static final List<String> S3A =
            List.of("org.apache.hadoop:hadoop-aws:3.3.4", "com.amazonaws:aws-java-sdk-bundle:1.12.262");

    /** Where Maven puts it, from whichever repository it is set up for. */
    private static final String CONNECTORS = "jobs/target/connectors";

    @Override
    public String name() {
        return "docker";
    }

    @Override
    public void check(Deployment deployment, Refusals refusals) {
        Submitting.checkMachine(deployment, refusals);
    }

    @Override
    public Rendering render(Deployment deployment) {
        List<String> next = new ArrayList<>(build(deployment));
        if (!isLocal(deployment)) {
            next.add(Uploads.ofFile(deployment));
        }
        next.add("@DIR@/run.sh");
        return new Rendering(
                List.of(image(deployment, name()), RenderedFile.script("run.sh", script(deployment))), next);
    }

    /** What an image is called where the file does not say. */
    static String imageName(Deployment deployment) {
        return deployment.config().image().orElse(DEFAULT_IMAGE);
    }

    /** Commands that make the image; from the folder of a checkout. */
    static List<String> build(Deployment deployment) {
        List<String> commands = new ArrayList<>();
        if (usesS3(deployment)) {
            S3A.forEach(artifact -> commands.add(
                    "mvn -B -ntp dependency:copy -Dartifact=%s -DoutputDirectory=%s".formatted(artifact, CONNECTORS)));
        }
        commands.add("docker build --file @DIR@/Dockerfile --tag %s .".formatted(Shell.quote(imageName(deployment))));
        return commands;
    }

    static RenderedFile image(Deployment deployment, String platform) {
        String connectors = usesS3(deployment) ? "COPY %s/*.jar /opt/spark/jars/\n".formatted(CONNECTORS) : "";
        String script = deployment.config().executor().gpus() > 0
                ? "COPY --chmod=755 scripts/gpu-discovery %s/gpu-discovery\n".formatted(Deployment.HOME)
                : "";
        return RenderedFile.of("Dockerfile", """
                # %s
                # Built in the folder of a checkout, after scripts/trainyard has built it. Runs as user 185 and with a read-only root, given a
                # folder /tmp that allows execution, where native libraries are unpacked. trainyard.cdx.json lists what is in the jar (CycloneDX).
                FROM %s
                USER root
                RUN apt-get update \\
                    && apt-get install -y --no-install-recommends libgomp1 \\
                    && rm -rf /var/lib/apt/lists/*
                COPY jobs/target/dist/jars/delta-spark_2.12-%s.jar jobs/target/dist/jars/delta-storage-%s.jar /opt/spark/jars/
                %sCOPY jobs/target/trainyard.jar jobs/target/trainyard.cdx.json %s/
                %sUSER 185
                """.formatted(
                        deployment.head(platform),
                        BASE,
                        Deployment.DELTA,
                        Deployment.DELTA,
                        connectors,
                        Deployment.HOME,
                        script));
    }

    private static boolean usesS3(Deployment deployment) {
        return Stream.concat(
                        Stream.of(
                                deployment.files(),
                                deployment.location(deployment.pipeline().warehouse())),
                        deployment.sourcePlaces().stream())
                .anyMatch(place -> place.startsWith("s3a:"));
    }

    private static boolean isLocal(Deployment deployment) {
        return deployment.files().startsWith("/");
    }

    private static String script(Deployment deployment) {
        List<String> lines = new ArrayList<>(List.of("docker run --rm --read-only --tmpfs /tmp:exec"));
        lines.add("--cap-drop ALL --security-opt no-new-privileges");
        lines.add("--name " + Shell.quote(deployment.label()));
        if (isLocal(deployment)) {
            lines.add("--volume " + Shell.quote(deployment.files() + ":" + deployment.files()));
        }
        deployment.clearVariables().forEach((name, value) -> lines.add("--env " + Shell.quote(name + "=" + value)));
        deployment.secrets().keySet().forEach(name -> lines.add("--env " + name));
        lines.add(Shell.quote(imageName(deployment)));
        SparkSubmit submit = SparkSubmit.inImage(deployment);
        Map<String, String> settings = new LinkedHashMap<>(SparkSubmit.inContainer(submit.settings(deployment)));
        lines.add(submit.lines(deployment, settings, List.of("--deploy-mode client")));
        return """
                #!/usr/bin/env bash
                # %s
                %sset -euo pipefail
                exec %s
                """.formatted(deployment.head("docker"), notes(deployment), Shell.lines(lines));
    }

    private static String notes(Deployment deployment) {
        StringBuilder notes = new StringBuilder();
        if (!deployment.secrets().isEmpty()) {
            notes.append("# Secrets come from the variables of the one who starts it: ")
                    .append(String.join(", ", deployment.secrets().keySet()))
                    .append('\n');
        }
        if (isLocal(deployment)) {
            notes.append("# User 185 writes to ").append(deployment.files()).append('\n');
        }
        return notes.toString();
    }
}
