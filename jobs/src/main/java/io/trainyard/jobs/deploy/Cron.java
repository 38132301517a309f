package io.trainyard.jobs.deploy;

import java.util.ArrayList;
import java.util.List;

/** A line for crontab and the script that it starts, which never runs twice at a time. */
final class Cron implements Platform {
    @Override
    public String name() {
        return "cron";
    }

    @Override
    public void check(Deployment deployment, Refusals refusals) {
        Submitting.checkMachine(deployment, refusals);
        Schedules.require(deployment, "cron", refusals);
    }

    @Override
    public Rendering render(Deployment deployment) {
        List<RenderedFile> files = new ArrayList<>();
        files.add(RenderedFile.of("crontab", table(deployment)));
        files.add(RenderedFile.script("run.sh", script(deployment)));
        List<String> next = new ArrayList<>(Uploads.of(deployment));
        next.add("install -D -m 755 @DIR@/run.sh " + Shell.quote(script()));
        if (!deployment.config().environment().isEmpty()) {
            files.add(RenderedFile.of("environment", environment(deployment)));
            next.add("install -m 600 @DIR@/environment %s  # and fill in the secrets there"
                    .formatted(Shell.quote(environment())));
        }
        next.add("(crontab -l; cat @DIR@/crontab) | crontab -");
        return new Rendering(files, next);
    }

    private static String script() {
        return Deployment.HOME + "/run.sh";
    }

    private static String environment() {
        return Deployment.HOME + "/environment";
    }

    /** CRON_TZ is known to cronie; Debian's cron knows the machine's zone alone. */
    private static String table(Deployment deployment) {
        return """
                # %s
                # cronie reads CRON_TZ; where cron does not (Debian), the machine's own zone has to be %s.
                CRON_TZ=%s
                %s %s
                """.formatted(
                        deployment.head("cron"),
                        deployment.zoneName(),
                        deployment.zoneName(),
                        deployment.cron().orElseThrow().toUnix(),
                        script());
    }

    private static String environment(Deployment deployment) {
        StringBuilder text = new StringBuilder(
                "# %s\n# Read by run.sh, and by no other: mode 600.\n".formatted(deployment.head("cron")));
        deployment
                .clearVariables()
                .forEach((name, value) -> text.append("%s=%s\n".formatted(name, Shell.quote(value))));
        deployment.secrets().forEach((name, secret) -> text.append("%s=''  # %s\n".formatted(name, secret)));
        return text.toString();
    }

    private static String script(Deployment deployment) {
        SparkSubmit submit = new SparkSubmit(
                "\"${SPARK_HOME:-/opt/spark}\"/bin/spark-submit",
                deployment.config().master(),
                deployment.jar());
        String time = deployment
                .config()
                .timeout()
                .map(limit -> "timeout %d ".formatted(limit.toSeconds()))
                .orElse("");
        String environment = deployment.config().environment().isEmpty() ? "" : """
                environment=%s
                [ "$(stat -c %%a "$environment")" = 600 ] || { echo "$environment must have mode 600" >&2; exit 2; }
                set -a
                # shellcheck disable=SC1090
                . "$environment"
                set +a
                """.formatted(environment());
        return """
                #!/usr/bin/env bash
                # %s
                # Does nothing while an earlier start still runs. Exit code 2 is a mistake in the pipeline file, and not tried again.
                set -euo pipefail
                exec 9>"${TMPDIR:-/tmp}"/%s.lock
                flock --nonblock 9 || { echo "%s runs already" >&2; exit 0; }
                %s
                job() {
                  %s%s
                }

                %s""".formatted(
                        deployment.head("cron"),
                        deployment.label(),
                        deployment.label(),
                        environment,
                        time,
                        submit.lines(deployment).replace("\n", "\n  "),
                        Attempts.loop(deployment, "job"));
    }
}
