package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A pipeline file that the user has to mend; the message holds every problem, by line. */
public final class ConfigurationException extends RuntimeException {
    private final List<Problem> problems;

    ConfigurationException(String file, List<Problem> problems) {
        super(rendered(file, problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems by line; never empty. */
    public List<Problem> problems() {
        return problems;
    }

    private static String rendered(String file, List<Problem> problems) {
        String head = problems.size() == 1 ? "1 problem in " : problems.size() + " problems in ";
        return problems.stream()
                .sorted()
                .map(problem -> problem.in(file))
                .collect(Collectors.joining("\n", head + file + "\n", ""));
    }
}
