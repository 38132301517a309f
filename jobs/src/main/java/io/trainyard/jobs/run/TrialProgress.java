package io.trainyard.jobs.run;

import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar of trials with the best value so far; where nobody watches a terminal, a line now and then. */
final class TrialProgress implements AutoCloseable {
    private static final int LINES = 10;

    private final Console console;
    private final String metric;
    private final Direction direction;
    private final int trials;
    private final ProgressBar bar;

    TrialProgress(Console console, String metric, Direction direction, int trials) {
        this.console = console;
        this.metric = metric;
        this.direction = direction;
        this.trials = trials;
        ProgressBarBuilder builder = ProgressBar.builder()
                .setTaskName("  trials")
                .setInitialMax(trials)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setMaxRenderedLength(100);
        this.bar = console.isTerminal()
                ? builder.setConsumer(new ConsoleProgressBarConsumer(console.stream()))
                        .build()
                : null;
    }

    /** Called after each trial that was told. */
    void update(History history) {
        int finished = history.finished().size();
        String best = history.best(direction)
                .map(trial -> "best %s %.5g in trial %d"
                        .formatted(metric, trial.value().getAsDouble(), trial.number()))
                .orElse("no trial has a value yet");
        if (bar != null) {
            bar.stepTo(finished);
            bar.setExtraMessage(best);
        } else if (finished == trials || finished % Math.max(1, trials / LINES) == 0) {
            console.say("%d of %d trials, %s".formatted(finished, trials, best));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
