package io.trainyard.jobs.monitor;

import io.trainyard.features.profile.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Findings over time, told once each: from the window that shows one to the windows that do so no more. */
public final class Incidents {
    /** So many windows in a row without a finding end an incident: a subject at its threshold is not one incident after the other. */
    private static final int CALM_WINDOWS = 2;

    /** Beside them, one look says whether it is over: ages and tests are not estimates. */
    private static final int CALM_LOOKS = 1;

    private final String owner;
    private final int calmEnough;
    private final Map<String, Incident> open = new LinkedHashMap<>();
    private final Map<String, Integer> calm = new LinkedHashMap<>();
    private final List<Incident> closed = new ArrayList<>();

    private Incidents(String owner, int calmEnough) {
        this.owner = owner;
        this.calmEnough = calmEnough;
    }

    /**
     * What one window found, or one look at the inputs.
     *
     * @param from the window's start, or the logical time of the look
     */
    public record Observed(Instant from, List<Finding> findings) {
        public Observed {
            findings = List.copyOf(findings);
        }
    }

    /**
     * All incidents of a version, the latest first.
     *
     * @param windows in the order of time
     */
    public static List<Incident> of(Watched watched, List<Observed> windows) {
        return of("%s@%d".formatted(watched.model(), watched.version()), CALM_WINDOWS, windows);
    }

    /**
     * All incidents of a pipeline's inputs, the latest first.
     *
     * @param looks in the order of logical time
     */
    public static List<Incident> ofInputs(String pipeline, List<Observed> looks) {
        return of(pipeline, CALM_LOOKS, looks);
    }

    private static List<Incident> of(String owner, int calmEnough, List<Observed> windows) {
        Incidents incidents = new Incidents(owner, calmEnough);
        windows.forEach(incidents::add);
        List<Incident> all = new ArrayList<>(incidents.closed);
        all.addAll(incidents.open.values());
        all.sort(Comparator.comparing(Incident::opened).thenComparing(Incident::id));
        Collections.reverse(all);
        return all;
    }

    private void add(Observed window) {
        for (Finding finding : window.findings()) {
            if (open.containsKey(finding.name()) || finding.verdict() == Verdict.DRIFTED) {
                calm.put(finding.name(), 0);
                open.merge(finding.name(), opened(window, finding), (known, now) -> longer(known, finding));
            }
        }
        List<String> ended = new ArrayList<>();
        for (String subject : open.keySet()) {
            boolean found = window.findings().stream()
                    .anyMatch(finding -> finding.name().equals(subject));
            if (!found && calm.merge(subject, 1, Integer::sum) >= calmEnough) {
                ended.add(subject);
            }
        }
        ended.forEach(subject -> closed.add(closed(open.remove(subject), window.from())));
    }

    private Incident opened(Observed window, Finding finding) {
        String id = "%s/%s/%s".formatted(owner, finding.name(), window.from());
        return new Incident(
                id, finding.kind(), finding.subject(), window.from(), Optional.empty(), 1, finding.reasons());
    }

    private static Incident longer(Incident known, Finding finding) {
        boolean told = finding.verdict() == Verdict.DRIFTED;
        return new Incident(
                known.id(),
                known.kind(),
                known.subject(),
                known.opened(),
                Optional.empty(),
                known.windows() + 1,
                told ? finding.reasons() : known.reasons());
    }

    private static Incident closed(Incident incident, Instant at) {
        return new Incident(
                incident.id(),
                incident.kind(),
                incident.subject(),
                incident.opened(),
                Optional.of(at),
                incident.windows(),
                incident.reasons());
    }
}
