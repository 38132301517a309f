package io.trainyard.jobs.run;

import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar of trials with the best value so far; where nobody watches a terminal, a line now and then. */
final class TrialProgress implements AutoCloseable {
    private static final int LINES = 10;
    private static final int WIDTH = 110;

    private final Console console;
    private final String metric;
    private final Direction direction;
    private final int trials;
    private final Optional<ProgressBar> bar;
    private final AtomicInteger shown = new AtomicInteger();

    TrialProgress(Console console, String metric, Direction direction, int trials) {
        this.console = console;
        this.metric = metric;
        this.direction = direction;
        this.trials = trials;
        this.bar = console.isTerminal() ? Optional.of(bar(console, trials)) : Optional.empty();
    }

    private static ProgressBar bar(Console console, int trials) {
        return ProgressBar.builder()
                .setTaskName("  trials")
                .setInitialMax(trials)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setMaxRenderedLength(WIDTH)
                .hideEta()
                .setConsumer(new ConsoleProgressBarConsumer(console.stream()))
                .build();
    }

    /** Called after each trial that was told; of several that end together, once is enough. */
    void update(History history) {
        int finished = history.finished().size();
        if (shown.getAndSet(finished) == finished) {
            return;
        }
        console.trials(history);
        String best = history.best(direction)
                .map(trial -> "best %s %.5g in trial %d"
                        .formatted(metric, trial.value().getAsDouble(), trial.number()))
                .orElse("no value yet");
        bar.ifPresent(drawn -> {
            drawn.stepTo(finished);
            drawn.setExtraMessage(best);
        });
        if (bar.isEmpty() && (finished == trials || finished % Math.max(1, trials / LINES) == 0)) {
            console.say("%d of %d trials, %s".formatted(finished, trials, best));
        }
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
