package io.trainyard.jobs.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A playbook that makes a standalone cluster of Spark out of machines with systemd, and installs the job on its master. */
final class Ansible implements Platform {
    private static final int MIB_OF_DAEMONS = 1024;

    @Override
    public String name() {
        return "ansible";
    }

    @Override
    public void check(Deployment deployment, Refusals refusals) {
        new Storage(
                        "machines of a cluster",
                        Storage.EVERYWHERE,
                        List.of(),
                        false,
                        "a place such as s3a://bucket/trainyard or hdfs:///trainyard")
                .check(deployment, refusals);
        if (!deployment.config().master().startsWith("spark://")) {
            refusals.add(
                    "deploy.master",
                    "'%s': the playbook makes a standalone cluster. Name its master, such as spark://spark-master:7077"
                            .formatted(deployment.config().master()));
        }
    }

    @Override
    public Rendering render(Deployment deployment) {
        List<String> next = new ArrayList<>();
        next.add(
                "tar -C jobs/target -czf @DIR@/files/dist.tar.gz dist && cp jobs/target/trainyard.jar scripts/gpu-discovery @DIR@/files/");
        next.add(Uploads.ofFile(deployment));
        next.add("cp @DIR@/inventory.example.ini @DIR@/inventory.ini  # and name your machines there");
        next.add("ansible-vault create @DIR@/secrets.yml  # " + String.join(", ", secrets(deployment)));
        next.add("ansible-playbook -i @DIR@/inventory.ini -e @@DIR@/secrets.yml --ask-vault-pass @DIR@/site.yml");
        return new Rendering(
                List.of(
                        RenderedFile.of("site.yml", playbook(deployment)),
                        RenderedFile.of("inventory.example.ini", inventory(deployment)),
                        RenderedFile.script("files/run.sh", script(deployment)),
                        RenderedFile.script(
                                "files/daemon.sh",
                                template("ansible-daemon.sh")
                                        .replace("@HEAD@", deployment.head("ansible"))
                                        .replace("@HOME@", Deployment.HOME)),
                        RenderedFile.of("templates/spark-defaults.conf.j2", defaults(deployment)),
                        RenderedFile.of("templates/environment.j2", environment(deployment))),
                next);
    }

    private static String playbook(Deployment deployment) {
        String text = template("ansible-site.yml")
                .replace("@HEAD@", deployment.head("ansible"))
                .replace("@HOME@", Deployment.HOME)
                .replace("@PORT@", port(deployment))
                .replace(
                        "@WORKER_CORES@",
                        String.valueOf(deployment.config().executor().cores()))
                .replace("@WORKER_MEMORY@", deployment.config().executor().memory())
                .replace("@HOST@", host(deployment))
                .replace("@SECRETS@", String.join(", ", secrets(deployment)));
        return deployment
                .cron()
                .map(cron -> text + schedule(deployment, cron.toUnix()))
                .orElse(text);
    }

    private static String schedule(Deployment deployment, String cron) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("dest", "/etc/cron.d/trainyard-" + deployment.label());
        file.put("mode", "0644");
        file.put(
                "content",
                "# cronie reads CRON_TZ; where cron does not (Debian), the machine's own zone has to be %s.\nCRON_TZ=%s\n%s trainyard %s/run.sh\n"
                        .formatted(deployment.zoneName(), deployment.zoneName(), cron, Deployment.HOME));
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("name", "Start the job on its schedule");
        task.put("ansible.builtin.copy", file);
        return Yaml.of("", List.of(task)).indent(2);
    }

    private static String port(Deployment deployment) {
        String master = deployment.config().master();
        int colon = master.lastIndexOf(':');
        return master.substring(colon + 1).matches("\\d+") ? master.substring(colon + 1) : "7077";
    }

    private static String host(Deployment deployment) {
        return deployment.config().master().replaceFirst("^spark://", "").replaceFirst(":\\d+$", "");
    }

    private static String inventory(Deployment deployment) {
        List<String> workers = IntStream.rangeClosed(1, deployment.config().executors())
                .mapToObj(worker -> "spark-worker-" + worker)
                .toList();
        return """
                # %s
                [spark_master]
                %s

                # An executor on each: %d cores and %d MiB of memory at least.
                [spark_workers]
                %s
                """.formatted(
                        deployment.head("ansible"),
                        host(deployment),
                        deployment.config().executor().cores(),
                        deployment.config().executor().mebibytes() + MIB_OF_DAEMONS,
                        String.join("\n", workers));
    }

    /** Read by master, workers and jobs alike: without the secret nobody starts a program on the cluster. */
    private static String defaults(Deployment deployment) {
        Map<String, String> settings = new LinkedHashMap<>();
        deployment.everything().forEach((key, value) -> settings.put(key, Jinja.literal(value)));
        if (deployment.config().executor().gpus() > 0) {
            settings.put(
                    "spark.worker.resource.gpu.amount",
                    String.valueOf(deployment.config().executor().gpus()));
            settings.put("spark.worker.resource.gpu.discoveryScript", Deployment.HOME + "/gpu-discovery");
        }
        settings.putIfAbsent("spark.authenticate", "true");
        settings.putIfAbsent("spark.network.crypto.enabled", "true");
        settings.put("spark.authenticate.secret", "{{ spark_secret }}");
        StringBuilder lines = new StringBuilder("# %s\n".formatted(deployment.head("ansible")));
        settings.forEach(
                (key, value) -> lines.append(key).append(' ').append(value).append('\n'));
        return lines.toString();
    }

    /** Variables of the vault: the cluster's own secret, and those of the job. */
    private static List<String> secrets(Deployment deployment) {
        return Stream.concat(
                        Stream.of("spark_secret"),
                        deployment.secrets().values().stream().map(Ansible::vaulted))
                .distinct()
                .toList();
    }

    private static String vaulted(String secret) {
        return SecretNames.variable(secret).toLowerCase(Locale.ROOT);
    }

    private static String environment(Deployment deployment) {
        StringBuilder lines = new StringBuilder("# %s\n".formatted(deployment.head("ansible")));
        deployment
                .clearVariables()
                .forEach((name, value) -> lines.append("%s=%s\n".formatted(name, Jinja.literal(Shell.quote(value)))));
        deployment
                .secrets()
                .forEach((name, secret) -> lines.append("%s={{ %s | quote }}\n".formatted(name, vaulted(secret))));
        return lines.toString();
    }

    private static String script(Deployment deployment) {
        String time = deployment
                .config()
                .timeout()
                .map(limit -> "timeout %d ".formatted(limit.toSeconds()))
                .orElse("");
        return template("ansible-run.sh")
                .replace("@HEAD@", deployment.head("ansible"))
                .replace("@HOME@", Deployment.HOME)
                .replace("@LABEL@", deployment.label())
                .replace("@TIMEOUT@", time)
                .replace("@MEMORY@", deployment.config().driver().memory())
                .replace("@MASTER@", Shell.quote(deployment.config().master()))
                .replace("@NAME@", Shell.quote(deployment.name()))
                .replace("@MAIN@", Deployment.MAIN)
                .replace("@ATTEMPTS@", Attempts.loop(deployment, "job").strip())
                .replace("@ARGUMENTS@", Shell.command(deployment.arguments()));
    }

    private static String template(String name) {
        try (InputStream stream = Ansible.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }
}
