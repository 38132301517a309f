package io.trainyard.jobs.deploy;

import io.trainyard.jobs.config.binding.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A deployment that cannot work; the message holds every problem. */
public final class DeploymentException extends RuntimeException {
    DeploymentException(String message) {
        super(message);
    }

    static DeploymentException of(String file, String platform, List<Problem> problems) {
        String head = "%s cannot run on %s: %d problem%s"
                .formatted(file, platform, problems.size(), problems.size() == 1 ? "" : "s");
        return new DeploymentException(
                problems.stream().map(problem -> problem.in(file)).collect(Collectors.joining("\n", head + "\n", "")));
    }
}
