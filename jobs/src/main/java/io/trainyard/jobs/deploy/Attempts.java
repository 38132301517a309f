package io.trainyard.jobs.deploy;

import java.util.List;

/** The job of an image as a shell script, tried again where a service would not. */
final class Attempts {
    private Attempts() {}

    /** The job once; its exit code is the script's. */
    static String once(Deployment deployment) {
        SparkSubmit submit = SparkSubmit.inImage(deployment);
        return submit.lines(deployment, submit.settings(deployment), List.of("--deploy-mode client")) + "\n";
    }

    /** The job, and again after a failure that another attempt may mend. */
    static String of(Deployment deployment) {
        return deployment.config().retries() == 0
                ? once(deployment)
                : loop(deployment, once(deployment).strip());
    }

    /** A command, and again after a failure: exit code 2 is a mistake in the pipeline file, which no attempt mends. */
    static String loop(Deployment deployment, String command) {
        return """
                for attempt in $(seq %d); do
                  code=0
                  %s || code=$?
                  case $code in 0 | 2) exit "$code" ;; esac
                  echo "attempt $attempt ended with exit code $code" >&2
                done
                exit "$code"
                """.formatted(deployment.config().retries() + 1, command.replace("\n", "\n  "));
    }
}
