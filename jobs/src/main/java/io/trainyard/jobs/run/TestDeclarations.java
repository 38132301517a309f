package io.trainyard.jobs.run;

import io.trainyard.features.view.Source;
import io.trainyard.features.view.Test;
import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.SourceConfig;
import io.trainyard.jobs.config.TestConfig;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The tests that the pipeline file declares, as the feature store runs them. */
final class TestDeclarations {
    private TestDeclarations() {}

    static List<Test> tests(Pipeline pipeline, List<TestConfig> tests) {
        return tests.stream().map(test -> test(pipeline, test)).toList();
    }

    private static Test test(Pipeline pipeline, TestConfig config) {
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
            return references(pipeline, references, reaction);
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

    /**
     * The other source comes without what it declares of its own rows: values are compared before either side is de-identified, and
     * two sources may refer to each other.
     */
    private static Test references(Pipeline pipeline, TestConfig.References config, Test.Reaction reaction) {
        SourceConfig other = pipeline.sources().get(config.in());
        return new Test.References(
                config.references(),
                new Source(config.in(), Declarations.location(other), other.eventTime()),
                config.key().orElse(config.references()),
                reaction);
    }

    private static OptionalLong bound(Optional<Long> rows) {
        return rows.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
