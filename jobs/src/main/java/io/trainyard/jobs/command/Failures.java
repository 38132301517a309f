package io.trainyard.jobs.command;

import io.trainyard.features.source.SourceException;
import io.trainyard.features.version.UnreadableVersionException;
import io.trainyard.jobs.config.ConfigurationException;
import io.trainyard.jobs.demo.DemoDataException;
import io.trainyard.jobs.deploy.DeploymentException;
import io.trainyard.jobs.run.JobException;
import io.trainyard.jobs.storage.StorageException;
import io.trainyard.registry.RegistryException;
import io.trainyard.tuning.study.StudyException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Every way for a command to fail, as one message and an exit code: 2 for what the user can mend, 1 for all else. */
final class Failures implements IExecutionExceptionHandler {
    private static final List<Class<? extends RuntimeException>> MENDABLE = List.of(
            ConfigurationException.class,
            SourceException.class,
            RegistryException.class,
            StudyException.class,
            DemoDataException.class,
            StorageException.class,
            DeploymentException.class,
            UnreadableVersionException.class,
            JobException.class);

    private static final Pattern FULL_DISK = Pattern.compile("No space left on device|Disk quota exceeded");

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        boolean mendable = MENDABLE.stream().anyMatch(type -> type.isInstance(failure));
        if (command.getParseResult().hasMatchedOption("--debug")) {
            failure.printStackTrace(command.getErr());
        } else {
            command.getErr().println(mendable ? failure.getMessage() : "Failed: " + reasons(failure));
            if (isFullDisk(failure)) {
                command.getErr()
                        .println(
                                "A disk is full. What was published before is whole; make room, for example by features vacuum, and run again: what is done is not done again.");
            } else if (!mendable) {
                LoggerFactory.getLogger("trainyard").error("{} failed", command.getCommandName(), failure);
                command.getErr().println("The stack trace is in the log; run again with --debug to see it here.");
            }
        }
        command.getErr().flush();
        return mendable ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean isFullDisk(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause ->
                        FULL_DISK.matcher(String.valueOf(cause.getMessage())).find());
    }

    /** The message, and the message at the root where it says more. */
    private static String reasons(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String outer = text(failure);
        String inner = text(root);
        return outer.contains(inner) ? outer : outer + "\n  because: " + inner;
    }

    /** The first line: what Spark adds below it is for --debug. */
    private static String text(Throwable failure) {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage().strip().lines().findFirst().orElse("");
    }
}
