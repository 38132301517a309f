package io.trainyard.jobs.run;

import io.trainyard.features.view.KnownAt;
import io.trainyard.features.view.Source;
import io.trainyard.features.view.Test;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.SourceConfig;
import io.trainyard.jobs.config.TestConfig;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The tests that the pipeline file declares, as the feature store runs them. */
final class TestDeclarations {
    private TestDeclarations() {}

    /** Of a source's rows, which are tested in clear. */
    static List<Test> ofSource(Pipeline pipeline, List<TestConfig> tests) {
        return tests.stream()
                .map(test -> test(test, name -> inClear(pipeline, name)))
                .toList();
    }

    /** Of a feature table's rows, which are tested de-identified. */
    static List<Test> ofView(Pipeline pipeline, List<TestConfig> tests) {
        return tests.stream()
                .map(test -> test(
                        test,
                        name -> new Source(
                                name,
                                inClear(pipeline, name).location(),
                                pipeline.sources().get(name).eventTime(),
                                KnownAt.EVENT_TIME,
                                pipeline.sources().get(name).privacy(),
                                List.of())))
                .toList();
    }

    /** Without what it declares of its own rows; two sources may refer to each other. */
    private static Source inClear(Pipeline pipeline, String name) {
        SourceConfig config = pipeline.sources().get(name);
        return new Source(name, Declarations.location(config), config.eventTime());
    }

    private static Test test(TestConfig config, Function<String, Source> sources) {
        Test.Reaction reaction = config.maxShare()
                .map(share -> new Test.Reaction(config.orElse(), share))
                .orElseGet(() -> Test.Reaction.of(config.orElse()));
        if (config instanceof TestConfig.NotNull notNull) {
            return new Test.NotNull(notNull.notNull(), reaction);
        }
        if (config instanceof TestConfig.Unique unique) {
            return new Test.Unique(unique.unique(), reaction);
        }
        if (config instanceof TestConfig.Between between) {
            return new Test.Range(between.range(), between.min(), between.max(), reaction);
        }
        if (config instanceof TestConfig.InSet inSet) {
            return new Test.InSet(inSet.inSet(), new LinkedHashSet<>(inSet.values()), reaction);
        }
        if (config instanceof TestConfig.OfForm form) {
            return new Test.Matches(form.matches(), form.pattern(), reaction);
        }
        if (config instanceof TestConfig.References references) {
            return new Test.References(
                    references.references(),
                    sources.apply(references.in()),
                    references.key().orElse(references.references()),
                    reaction);
        }
        if (config instanceof TestConfig.RowCount count) {
            return new Test.RowCount(
                    bound(count.rowCount().min()), bound(count.rowCount().max()), reaction);
        }
        if (config instanceof TestConfig.Freshness freshness) {
            return new Test.Freshness(freshness.freshness(), reaction);
        }
        return new Test.Sql(((TestConfig.Condition) config).sql(), reaction);
    }

    private static OptionalLong bound(Optional<Long> rows) {
        return rows.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
