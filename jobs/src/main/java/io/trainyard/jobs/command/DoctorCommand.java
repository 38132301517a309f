package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.run.Doctor;
import io.trainyard.jobs.run.Session;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What there is to work with. */
@Command(
        name = "doctor",
        description = "Says what this machine or cluster has, and what is wrong with it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard doctor"})
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        try (Session session = Session.open("doctor", ZoneOffset.UTC, System.getenv())) {
            List<Doctor.Finding> findings = new Doctor(session.spark()).examine();
            ObjectNode document = ResultJson.object();
            findings.forEach(finding -> document.set(
                    finding.name(),
                    ResultJson.object()
                            .put("ok", finding.ok())
                            .put("value", finding.value())
                            .put("remedy", finding.remedy())));
            output.result(document, findings.stream().map(DoctorCommand::line).collect(Collectors.joining("\n")));
            return findings.stream().allMatch(Doctor.Finding::ok) ? 0 : 1;
        }
    }

    private static String line(Doctor.Finding finding) {
        return "%s %-14s %s%s"
                .formatted(
                        finding.ok() ? "✓" : "✗",
                        finding.name(),
                        finding.value(),
                        finding.ok() ? "" : "\n    " + finding.remedy());
    }
}
