package io.trainyard.jobs.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/** Where a JVM starts: {@code spark-submit --class io.trainyard.jobs.command.Main trainyard.jar CMD …}. */
public final class Main {
    /** Set on Databricks, where a job must neither stop the session nor end the process. */
    private static final String PLATFORM_OWNS_PROCESS = "DATABRICKS_RUNTIME_VERSION";

    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        int code = commandLine(environment).execute(arguments);
        if (!environment.containsKey(PLATFORM_OWNS_PROCESS)) {
            System.exit(code);
        }
        if (code != 0) {
            throw new IllegalStateException(
                    "trainyard ended with exit code " + code + "; the message is in the output above");
        }
    }

    static CommandLine commandLine(Map<String, String> environment) {
        PrintWriter errors = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        return new CommandLine(new TrainyardCommand(), new CommandFactory(environment))
                .setErr(errors)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(new Failures());
    }
}
