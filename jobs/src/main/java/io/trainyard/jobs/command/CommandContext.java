package io.trainyard.jobs.command;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.run.Console;
import io.trainyard.jobs.run.JobContext;
import io.trainyard.jobs.run.Session;
import io.trainyard.tuning.placement.LogContext;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** A Spark session with everything that a job on a pipeline needs, for as long as the command runs. */
record CommandContext(Session session, JobContext job, Optional<FollowedJob> followed, LogContext log)
        implements AutoCloseable {
    private static final DateTimeFormatter RUN_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    static CommandContext open(PipelineOptions options, OutputOptions output) throws IOException {
        return open(options, output, Optional.empty());
    }

    /** For a job that Prometheus is shown, by the name of its command. */
    static CommandContext followed(PipelineOptions options, OutputOptions output, String command) throws IOException {
        return open(options, output, Optional.of(command));
    }

    private static CommandContext open(PipelineOptions options, OutputOptions output, Optional<String> command)
            throws IOException {
        Pipeline pipeline = options.load();
        Instant asOf = options.asOf(pipeline.timezone());
        output.console().say("pipeline %s as of %s".formatted(pipeline.name(), asOf));
        Optional<FollowedJob> followed = command.map(name -> FollowedJob.begin(output.console(), pipeline, name));
        Console console = followed.map(output.console()::followedBy).orElseGet(output::console);
        Session session = null;
        try {
            session = Session.open(pipeline.name(), pipeline.timezone(), options.environment());
            JobContext job = JobContext.of(pipeline, asOf, session.spark(), options.environment(), console);
            LogContext log = LogContext.open(labels(pipeline, command));
            LogContext.carryTo(session.spark().sparkContext());
            return new CommandContext(session, job, followed, log);
        } catch (IOException | RuntimeException failure) {
            if (session != null) {
                session.close();
            }
            followed.ifPresent(FollowedJob::close);
            throw failure;
        }
    }

    /** Of every line that the job leaves in a log, here and on executors. */
    private static Map<String, String> labels(Pipeline pipeline, Optional<String> command) {
        String run = "%s-%s-%08x"
                .formatted(
                        command.orElse("job"),
                        RUN_TIME.format(Instant.now()),
                        UUID.randomUUID().hashCode());
        return Map.of("pipeline", pipeline.name(), "run", run);
    }

    /** The job did what it should, and made so many rows. */
    void succeeded(long rows) {
        followed.ifPresent(job -> job.succeeded(OptionalLong.of(rows)));
    }

    /** The job did what it should. */
    void succeeded() {
        followed.ifPresent(job -> job.succeeded(OptionalLong.empty()));
    }

    @Override
    public void close() {
        log.close();
        LogContext.carryTo(session.spark().sparkContext());
        session.close();
        followed.ifPresent(FollowedJob::close);
    }
}
