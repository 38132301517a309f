package io.trainyard.jobs.run;

import java.io.PrintStream;

/** What a person reads while a job runs. Results for programs go to standard output, so this is standard error. */
public final class Console {
    private final PrintStream out;
    private final boolean terminal;

    /** @param terminal whether a person watches, so that a line may be drawn over */
    public Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    boolean isTerminal() {
        return terminal;
    }

    /** The next step of the flow. */
    public void stage(String name) {
        out.println("▸ " + name);
    }

    /** A line about the step. */
    public void say(String text) {
        out.println("  " + text);
    }

    PrintStream stream() {
        return out;
    }
}
