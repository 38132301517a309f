package io.trainyard.jobs.run;

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
        SourceReader reader = FeatureTables.sources(context);
        for (String name : context.pipeline().sources().keySet()) {
            Source source = Declarations.source(context.pipeline(), name);
            int columns = reader.schema(source).size();
            context.console().say("source %s: %d columns".formatted(name, columns));
        }
        FeatureTables.trainingSets(context).check(Declarations.training(context.pipeline()));
    }
}
