package io.trainyard.jobs.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;

/** Where a JVM starts: {@code spark-submit --class io.trainyard.jobs.command.Main trainyard.jar CMD …}. */
public final class Main {
    /** Set on Databricks, where a job must neither stop the session nor end the process. */
    private static final String DATABRICKS = "DATABRICKS_RUNTIME_VERSION";

    /** Set by YARN's cluster mode, which takes {@code System.exit} for a failure, whatever the code. */
    private static final String OF_YARN = "spark.yarn.app.id";

    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        int code = commandLine(environment).execute(arguments);
        if (!platformOwnsProcess(environment, System.getProperties())) {
            System.exit(code);
        }
        if (code != 0) {
            throw new IllegalStateException(
                    "trainyard ended with exit code " + code + "; the message is in the output above");
        }
    }

    /** Whether the platform ends the process, and learns of a failure by an exception. */
    static boolean platformOwnsProcess(Map<String, String> environment, Properties properties) {
        return environment.containsKey(DATABRICKS) || properties.containsKey(OF_YARN);
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
