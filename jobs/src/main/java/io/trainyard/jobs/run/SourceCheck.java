package io.trainyard.jobs.run;

import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.features.source.SourceReader;
import io.trainyard.features.view.Source;

/** Reads the schemas of all sources, and holds every column that the pipeline names to them. Reads no more, and writes nothing. */
public final class SourceCheck {
    private final JobContext context;

    public SourceCheck(JobContext context) {
        this.context = context;
    }

    /** @throws io.trainyard.features.source.SourceException for the first source that is not what the pipeline says */
    public void run() {
        SourceReader reader =
                new SourceReader(context.spark(), context.pipeline().timezone());
        for (String name : context.pipeline().sources().keySet()) {
            Source source = Declarations.source(context.pipeline(), name);
            int columns = reader.schema(source).size();
            context.console().say("source %s: %d columns".formatted(name, columns));
        }
        new TrainingSetBuilder(
                        context.spark(),
                        context.pipeline().timezone(),
                        context.warehouse().trainingSets())
                .check(Declarations.training(context.pipeline()));
    }
}
