package io.trainyard.jobs.run;

import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person reads while a job runs, and its log keeps. Results for programs go to standard output, so this is standard error. */
public final class Console {
    private static final Logger LOG = LoggerFactory.getLogger("trainyard");

    private final PrintStream out;
    private final boolean terminal;
    private final Follower follower;

    /** Who else follows the job. */
    public interface Follower {
        /** The next step of the flow has begun. */
        void stage(String name);

        /** So many trials of a search are over, of which so many failed. */
        void trials(int finished, int failed);
    }

    /** @param terminal whether a person watches, so that a line may be drawn over */
    public Console(PrintStream out, boolean terminal) {
        this(out, terminal, new Nobody());
    }

    private Console(PrintStream out, boolean terminal, Follower follower) {
        this.out = out;
        this.terminal = terminal;
        this.follower = follower;
    }

    private static final class Nobody implements Follower {
        @Override
        public void stage(String name) {}

        @Override
        public void trials(int finished, int failed) {}
    }

    /** The same, followed by somebody else too. */
    public Console followedBy(Follower other) {
        return new Console(out, terminal, other);
    }

    boolean isTerminal() {
        return terminal;
    }

    /** The next step of the flow. */
    public void stage(String name) {
        follower.stage(name);
        LOG.info(name);
        out.println("▸ " + name);
    }

    /** A line about the step. */
    public void say(String text) {
        LOG.info(text);
        out.println("  " + text);
    }

    /** Of a search. */
    void trials(History history) {
        long failed = history.finished().stream()
                .filter(trial -> trial.outcome().orElseThrow() instanceof Outcome.Failed)
                .count();
        follower.trials(history.finished().size(), Math.toIntExact(failed));
    }

    PrintStream stream() {
        return out;
    }
}
