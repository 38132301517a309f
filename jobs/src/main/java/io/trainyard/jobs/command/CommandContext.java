package io.trainyard.jobs.command;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.run.JobContext;
import io.trainyard.jobs.run.Session;
import java.io.IOException;
import java.time.Instant;

/** A Spark session with everything that a job on a pipeline needs, for as long as the command runs. */
record CommandContext(Session session, JobContext job) implements AutoCloseable {
    static CommandContext open(PipelineOptions options, OutputOptions output) throws IOException {
        Pipeline pipeline = options.load();
        Instant asOf = options.asOf(pipeline.timezone());
        output.console().say("pipeline %s as of %s".formatted(pipeline.name(), asOf));
        Session session = Session.open(pipeline.name(), pipeline.timezone(), options.environment());
        try {
            return new CommandContext(
                    session, JobContext.of(pipeline, asOf, session.spark(), options.environment(), output.console()));
        } catch (IOException | RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
