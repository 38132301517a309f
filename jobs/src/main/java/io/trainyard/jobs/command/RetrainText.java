package io.trainyard.jobs.command;

import io.trainyard.jobs.run.RetrainJob;

/** What was decided and done about a model, as text for people. */
final class RetrainText {
    private RetrainText() {}

    static String of(RetrainJob.Plan plan) {
        String settings = plan.settings().isEmpty() ? "" : "\n  a training now would have " + plan.settings();
        return "\n%s\n  %s%s"
                .formatted(
                        switch (plan.decision().action()) {
                            case NOTHING -> "Nothing to do";
                            case WATCH -> "Worth a look, and no training";
                            case RETRAIN -> "To be trained";
                            case ROLLBACK -> "To be rolled back";
                        },
                        String.join("\n  ", plan.decision().reasons()),
                        settings);
    }

    static String of(RetrainJob.Result result) {
        if (result.busy()) {
            return "\nAnother retraining of this pipeline is at work";
        }
        if (result.trained().isPresent()) {
            return ResultText.of(result.trained().get());
        }
        return result.returned()
                .map(version -> "\nRolled back to version %d".formatted(version.number()))
                .orElseGet(() -> of(result.plan().orElseThrow()));
    }
}
