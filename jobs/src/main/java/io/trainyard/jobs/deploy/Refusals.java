package io.trainyard.jobs.deploy;

import io.trainyard.jobs.config.binding.Problem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What cannot work, each with the key of the pipeline file, the value and the remedy. Not thread-safe. */
final class Refusals {
    private final Set<Problem> problems = new TreeSet<>();

    void add(String key, String message) {
        problems.add(new Problem(0, key, message));
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
