package io.trainyard.jobs.command;

import io.trainyard.jobs.retrain.BacktestReport;
import io.trainyard.jobs.retrain.RetrainDecision;
import io.trainyard.jobs.retrain.Strategy;
import io.trainyard.jobs.run.BacktestJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What strategies would have come to, as text for people. */
final class BacktestText {
    private BacktestText() {}

    static String of(BacktestJob.Result result) {
        return "\n%s\n\n%s\n\n%s\n\nAll models are XGBoost with the same parameters, %s: when is compared, and not how."
                .formatted(periods(result.report()), strategies(result.report()), share(result), result.parameters());
    }

    private static String periods(BacktestReport report) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("from", "to", "never", "always", "policy", "decision"));
        List<BacktestReport.Period> policy = report.of(Strategy.POLICY).periods();
        for (int i = 0; i < policy.size(); i++) {
            Optional<RetrainDecision> decision = policy.get(i).decision();
            lines.add(List.of(
                    policy.get(i).period().from().toString(),
                    policy.get(i).period().to().toString(),
                    number(report.of(Strategy.NEVER).periods().get(i).score()),
                    number(report.of(Strategy.ALWAYS).periods().get(i).score()),
                    number(policy.get(i).score()),
                    decision.map(BacktestText::decision).orElse("")));
        }
        return Columns.of(lines);
    }

    private static String decision(RetrainDecision decision) {
        String action = decision.action().name().toLowerCase(Locale.ROOT);
        return decision.action() == RetrainDecision.Action.NOTHING
                ? action
                : action + ": " + decision.reasons().get(0);
    }

    private static String strategies(BacktestReport report) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("strategy", "trainings", "rollbacks", "mean " + report.metric()));
        report.results()
                .forEach(result -> lines.add(List.of(
                        result.strategy().toString(),
                        String.valueOf(result.trainings()),
                        String.valueOf(result.rollbacks()),
                        number(result.mean()))));
        return Columns.of(lines);
    }

    private static String share(BacktestJob.Result result) {
        var share = result.report().share(result.higherIsBetter());
        return share.isPresent()
                ? String.format(Locale.ROOT, "(policy − never) / (always − never) = %.3f", share.getAsDouble())
                : "Training always gains nothing here: there is no share of it to have";
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "undefined" : String.format(Locale.ROOT, "%.4f", value);
    }
}
