package io.trainyard.jobs.run;

import io.trainyard.features.source.NearestName;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Test;
import io.trainyard.features.view.TrainingDefinition;
import io.trainyard.features.view.View;
import io.trainyard.jobs.config.FreshnessConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How old the sources behind a model may be: as the monitor says of one, or as the tests of it and of its views do, or as the monitor says
 * of all.
 */
record FreshnessLimits(TrainingDefinition watched, Optional<FreshnessConfig> config) {
    /** @throws JobException if the file limits a source of which nothing is made here */
    void requireBehind(List<String> sources) {
        config.map(FreshnessConfig::sources).orElse(Map.of()).keySet().stream()
                .filter(name -> !sources.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new JobException(
                            "monitor.freshness.sources: nothing that the model meets is made of source '%s'%s; remove it"
                                    .formatted(name, NearestName.hint(name, sources)));
                });
    }

    Optional<Duration> of(String source) {
        return config.map(declared -> declared.sources().get(source))
                .or(() -> tested(source))
                .or(() -> config.flatMap(FreshnessConfig::limit));
    }

    private Optional<Duration> tested(String source) {
        Source rows = watched.rows();
        Stream<Test> ofRows = rows.name().equals(source) ? rows.tests().stream() : Stream.empty();
        Stream<Test> ofViews = watched.views().stream()
                .filter(view -> view.source().name().equals(source))
                .flatMap(FreshnessLimits::tests);
        return Stream.concat(ofRows, ofViews)
                .filter(Test.Freshness.class::isInstance)
                .map(test -> ((Test.Freshness) test).maxAge())
                .min(Duration::compareTo);
    }

    private static Stream<Test> tests(View view) {
        return Stream.concat(view.tests().stream(), view.source().tests().stream());
    }
}
