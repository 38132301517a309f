package io.trainyard.jobs.run;

import io.trainyard.features.build.FeatureFolders;
import io.trainyard.features.build.FeatureStore;
import io.trainyard.features.build.TrainingSetBuilder;
import io.trainyard.features.privacy.HashKey;
import io.trainyard.features.source.SourceReader;
import io.trainyard.features.view.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tables of a pipeline's warehouse that are made of its sources. */
final class FeatureTables {
    private FeatureTables() {}

    static SourceReader sources(JobContext context) {
        Map<String, Source> all = new LinkedHashMap<>();
        context.pipeline()
                .sources()
                .keySet()
                .forEach(name -> all.put(name, Declarations.source(context.pipeline(), name)));
        return new SourceReader(
                        context.spark(),
                        context.pipeline().timezone(),
                        Optional.ofNullable(context.environment().get(HashKey.VARIABLE)))
                .withNamed(all);
    }

    static FeatureStore store(JobContext context) {
        return new FeatureStore(
                context.spark(),
                context.pipeline().timezone(),
                new FeatureFolders(
                        context.warehouse().features(),
                        context.warehouse().materialized(),
                        context.warehouse().quarantine()),
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
