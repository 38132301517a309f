package io.trainyard.jobs.deploy;

import io.trainyard.jobs.config.binding.NearestName;
import java.util.List;

/** All platforms, by name. */
public final class Platforms {
    private static final List<Platform> ALL = List.of(
            new Databricks(),
            new Emr(),
            new EmrServerless(),
            new Kubernetes(),
            new Dataproc(),
            new Airflow(),
            new Cron(),
            new GitHub(),
            new GitLab(),
            new Jenkins(),
            new Ansible(),
            new Docker());

    private Platforms() {}

    /** Their names, in the order of the documentation. */
    public static List<String> names() {
        return ALL.stream().map(Platform::name).toList();
    }

    /** @throws DeploymentException with the nearest name, when there is no such platform */
    static Platform named(String name) {
        return ALL.stream()
                .filter(platform -> platform.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DeploymentException(
                        "Cannot deploy to '%s': no such platform%s".formatted(name, NearestName.hint(name, names()))));
    }
}
