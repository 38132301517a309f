package io.trainyard.jobs.run;

import io.trainyard.features.build.FeatureStore;
import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.features.source.SourceReader;

/** The tables of a pipeline's warehouse that are made of its sources. */
final class FeatureTables {
    private FeatureTables() {}

    static SourceReader sources(JobContext context) {
        return new SourceReader(context.spark(), context.pipeline().timezone());
    }

    static FeatureStore store(JobContext context) {
        return new FeatureStore(
                context.spark(),
                context.pipeline().timezone(),
                context.warehouse().features(),
                sources(context));
    }

    static TrainingSetBuilder trainingSets(JobContext context) {
        return new TrainingSetBuilder(
                context.spark(),
                context.pipeline().timezone(),
                context.warehouse().trainingSets(),
                store(context));
    }
}
