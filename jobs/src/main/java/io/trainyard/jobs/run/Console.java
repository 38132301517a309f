package io.trainyard.jobs.run;

import java.io.PrintStream;

/** What a person reads while a job runs. Results for programs go to standard output, so this is standard error. */
public final class Console {
    private final PrintStream out;

    public Console(PrintStream out) {
        this.out = out;
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
