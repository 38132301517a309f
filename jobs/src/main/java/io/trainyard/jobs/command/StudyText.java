package io.trainyard.jobs.command;

import io.trainyard.jobs.run.Catalog;
import io.trainyard.jobs.run.ParameterSummary;
import io.trainyard.jobs.run.StudyFile;
import io.trainyard.jobs.run.StudyProof;
import io.trainyard.jobs.run.StudySummary;
import io.trainyard.jobs.run.TrialText;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.StudyEvent;
import io.trainyard.tuning.study.Trial;
import io.trainyard.tuning.study.Verification;
import io.trainyard.tuning.study.Verification.Deviation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Studies as text for people. */
final class StudyText {
    private static final String NONE = "-";

    private StudyText() {}

    /** @param trials how many of the best are listed */
    static String of(Catalog.StudyView study, StudySummary summary, int trials) {
        List<String> sections = new ArrayList<>();
        sections.add(study.file().name() + ": " + outcomes(summary));
        if (summary.best().size() == 1) {
            sections.add("Best\n" + best(study.file(), summary.best().get(0)));
        } else if (!summary.best().isEmpty()) {
            sections.add("Pareto front\n" + front(study.file(), summary.best()));
        }
        if (!summary.improvements().isEmpty()) {
            sections.add("Improvements\n" + improvements(study.file(), summary.improvements()));
        }
        if (!summary.parameters().isEmpty()) {
            sections.add("Parameters\n" + parameters(summary));
        }
        if (!summary.best().isEmpty()) {
            sections.add("Trials\n"
                    + ResultText.best(study.history().complete(), study.file().direction(), trials));
        }
        sections.addAll(indented(study.lostWrites()));
        return String.join("\n", sections);
    }

    private static String outcomes(StudySummary summary) {
        return summary.outcomes().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String best(StudyFile file, Trial best) {
        return "  trial %d, %s %s\n  %s"
                .formatted(best.number(), file.metric(), TrialText.outcome(best), TrialText.params(best));
    }

    private static String front(StudyFile file, List<Trial> front) {
        List<List<String>> lines = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("trial"));
        file.objectives().forEach(objective -> header.add(objective.metric()));
        header.add("");
        lines.add(header);
        for (Trial trial : front) {
            List<String> line = new ArrayList<>(List.of(String.valueOf(trial.number())));
            trial.values().forEach(value -> line.add(TrialText.number(value)));
            line.add(TrialText.params(trial));
            lines.add(line);
        }
        return Columns.of(lines);
    }

    private static String improvements(StudyFile file, List<Trial> improvements) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("trial", file.metric()));
        improvements.forEach(trial -> lines.add(List.of(
                String.valueOf(trial.number()), TrialText.number(trial.value().getAsDouble()))));
        return Columns.of(lines);
    }

    private static String parameters(StudySummary summary) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(
                "name", "importance", "in trial " + summary.best().get(0).number(), "in the best tenth"));
        summary.parameters().forEach(parameter -> lines.add(line(parameter)));
        return Columns.of(lines);
    }

    private static List<String> line(ParameterSummary parameter) {
        return List.of(
                parameter.name(),
                parameter
                        .importance()
                        .map(share -> String.format(Locale.ROOT, "%.1f %%", 100 * share))
                        .orElse(NONE),
                parameter.best().map(TrialText::value).orElse(NONE),
                parameter
                        .range()
                        .map(range -> TrialText.value(range.low()) + " to " + TrialText.value(range.high()))
                        .orElseGet(() -> parameter.words().isEmpty() ? NONE : String.join(", ", parameter.words())));
    }

    static String of(StudyProof proof) {
        Verification verification = proof.verification();
        int deviations = verification.deviations().size();
        List<String> lines = new ArrayList<>();
        lines.add(
                deviations == 0
                        ? "study %s: all %d suggestions follow from the journal"
                                .formatted(proof.study(), verification.trials())
                        : "study %s: %d decisions on %d trials do not follow from the journal"
                                .formatted(proof.study(), deviations, verification.trials()));
        verification.deviations().forEach(deviation -> lines.add(of(deviation)));
        proof.lostTrials()
                .forEach(told ->
                        lines.add("  trial %d was lost and ran again: %s".formatted(told.number(), reason(told))));
        lines.addAll(indented(proof.lostWrites()));
        return String.join("\n", lines);
    }

    private static String of(Deviation deviation) {
        if (deviation instanceof Deviation.Suggested suggested) {
            return compared("trial " + suggested.number(), suggested.recorded(), suggested.decided());
        }
        Deviation.Judged judged = (Deviation.Judged) deviation;
        return compared(
                "trial %d after step %d".formatted(judged.number(), judged.step()),
                judged.recorded(),
                judged.decided());
    }

    private static String compared(String what, Object recorded, Object recomputed) {
        return "  %s\n    recorded    %s\n    recomputed  %s".formatted(what, recorded, recomputed);
    }

    static String reason(StudyEvent.Told told) {
        return ((Outcome.Lost) told.outcome()).reason();
    }

    private static List<String> indented(List<String> sentences) {
        return sentences.stream().map(sentence -> "  " + sentence).toList();
    }
}
