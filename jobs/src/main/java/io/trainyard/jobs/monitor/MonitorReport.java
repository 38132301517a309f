package io.trainyard.jobs.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a run of the monitor knows.
 *
 * @param pipeline the pipeline's name
 * @param asOf the logical time
 * @param metric name of the score that says how good the model is
 * @param windows of one version, in the order of time; at least one
 * @param findings in each window, in the order of the windows; what is stable is left out
 * @param inputs what stands behind the features at the logical time
 * @param incidents the latest first
 */
public record MonitorReport(
        String pipeline,
        Instant asOf,
        String metric,
        List<WindowReport> windows,
        List<List<Finding>> findings,
        Inputs inputs,
        List<Incident> incidents) {
    public MonitorReport {
        windows = List.copyOf(windows);
        findings = findings.stream().map(List::copyOf).toList();
        incidents = List.copyOf(incidents);
    }

    /** The newest window. */
    public WindowReport latest() {
        return windows.get(windows.size() - 1);
    }

    /** What the newest window found, and then what is wrong with the inputs. */
    public List<Finding> latestFindings() {
        List<Finding> latest = new ArrayList<>(findings.get(findings.size() - 1));
        latest.addAll(inputs.findings());
        return latest;
    }
}
