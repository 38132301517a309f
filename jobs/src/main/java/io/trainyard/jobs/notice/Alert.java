package io.trainyard.jobs.notice;

import io.trainyard.jobs.monitor.Incident;
import java.util.Locale;

/** An incident that began, or one that ended, to be told once. */
public record Alert(String pipeline, String model, int version, Incident incident) {
    /** The same in every run that would tell this: whoever has seen it need not look again. */
    public String key() {
        return incident.id() + "/" + state();
    }

    /** The key that the alert had which told that the incident began. */
    public String keyOfOpening() {
        return incident.id() + "/opened";
    }

    String state() {
        return incident.open() ? "opened" : "closed";
    }

    String subject() {
        return incident.kind().name().toLowerCase(Locale.ROOT) + " " + incident.subject();
    }

    String reasons() {
        return String.join("; ", incident.reasons());
    }

    String summary() {
        return incident.open()
                ? "%s version %d: %s since %s: %s".formatted(model, version, subject(), incident.opened(), reasons())
                : "%s version %d: %s is over, not found since %s"
                        .formatted(model, version, subject(), incident.closed().orElseThrow());
    }
}
