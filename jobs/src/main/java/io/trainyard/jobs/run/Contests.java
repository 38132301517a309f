package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.build.FeatureColumn;
import io.trainyard.features.build.TrainingSet;
import io.trainyard.registry.Gate;
import io.trainyard.registry.GateEvidence.Contest;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import io.trainyard.registry.encoding.Target;
import io.trainyard.tuning.metric.Bootstrap;
import io.trainyard.tuning.metric.Metric;
import io.trainyard.tuning.metric.PairedGain;
import io.trainyard.tuning.placement.Judgement;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The versions that gates compare a new one with, measured on the new one's test rows: on those that they have not learnt from, since a
 * model knows these better than it should.
 */
final class Contests {
    private static final int RESAMPLES = 1_000;
    private static final double LEVEL = 0.95;
    private static final int SHOWN = 5;
    private static final String HELD = "_incumbent";

    private final JobContext context;
    private final Learning learning;
    private final Bundle challenger;

    Contests(JobContext context, Learning learning, Bundle challenger) {
        this.context = context;
        this.learning = learning;
        this.challenger = challenger;
    }

    Map<Gate.Comparison, Contest> of(List<Gate> gates) throws IOException {
        Map<String, List<Gate.Comparison>> byAlias = gates.stream()
                .filter(Gate.Comparison.class::isInstance)
                .map(Gate.Comparison.class::cast)
                .distinct()
                .collect(Collectors.groupingBy(Gate.Comparison::alias));
        Map<Gate.Comparison, Contest> contests = new HashMap<>();
        for (Map.Entry<String, List<Gate.Comparison>> asked : byAlias.entrySet()) {
            Optional<ModelVersion> incumbent =
                    context.registry().byAlias(context.pipeline().modelName(), asked.getKey());
            if (incumbent.isPresent()) {
                contests.putAll(against(incumbent.get(), asked.getKey(), asked.getValue()));
            } else {
                asked.getValue().forEach(gate -> contests.put(gate, new Contest.Unopposed()));
            }
        }
        return contests;
    }

    private Map<Gate.Comparison, Contest> against(ModelVersion incumbent, String alias, List<Gate.Comparison> gates)
            throws IOException {
        try (FetchedBundle fetched = context.fetch(incumbent)) {
            Bundle bundle = fetched.bundle();
            Optional<String> difference = difference(bundle);
            if (difference.isPresent()) {
                return impossible(incumbent, alias, difference.get(), gates);
            }
            Dataset<Row> tested = learning.testRows(context.spark());
            LearntRows learnt = LearntRows.of(incumbent, learning.set(), context.spark());
            Dataset<Row> unseen = learnt.without(tested);
            long rows = unseen.count();
            long seen = tested.count() - rows;
            if (rows == 0) {
                return impossible(incumbent, alias, "it has learnt from all %d test rows".formatted(seen), gates);
            }
            context.console()
                    .say("comparing with version %d, %s, on %,d test rows".formatted(incumbent.number(), alias, rows));
            Map<Metric, PairedGain> gains = gains(bundle, unseen, gates);
            OptionalLong known = learnt.isKnown() ? OptionalLong.of(seen) : OptionalLong.empty();
            return gates.stream()
                    .collect(Collectors.toMap(
                            Function.identity(),
                            gate -> measured(gate, incumbent, gains.get(learning.metric(gate.metric())), rows, known)));
        }
    }

    private static Map<Gate.Comparison, Contest> impossible(
            ModelVersion incumbent, String alias, String why, List<Gate.Comparison> gates) {
        Contest contest = new Contest.Impossible(
                "version %d, %s, cannot be compared with: %s; to replace it, run trainyard models promote"
                        .formatted(incumbent.number(), alias, why));
        return gates.stream().collect(Collectors.toMap(Function.identity(), gate -> contest));
    }

    private static Contest measured(
            Gate.Comparison gate, ModelVersion incumbent, PairedGain paired, long rows, OptionalLong seen) {
        double share =
                gate instanceof Gate.BetterThan ? paired.shareAbove(gate.margin()) : paired.shareFrom(-gate.margin());
        return new Contest.Measured(
                incumbent.number(),
                paired.first(),
                paired.second(),
                paired.gain().value(),
                paired.gain().low(),
                paired.gain().high(),
                share,
                rows,
                seen);
    }

    private Map<Metric, PairedGain> gains(Bundle incumbent, Dataset<Row> rows, List<Gate.Comparison> gates)
            throws IOException {
        ModelFiles files = new ModelFiles(context.spark(), context.warehouse());
        Judgement judgement =
                new Judgement(learning.settings(), Scorer.TARGET, TrainingSet.WEIGHT, List.of(TrainingSet.KEY));
        List<FeatureColumn> features = learning.set().features();
        Dataset<Row> held = Scorer.of(incumbent, files)
                .predict(rows, features, col(TrainingSet.KEY))
                .select(col(TrainingSet.KEY), judgement.scores().as(HELD));
        Dataset<Row> both =
                Scorer.of(challenger, files).predictLabelled(rows, features).join(held, TrainingSet.KEY);
        return judgement.paired(
                both,
                judgement.scores(),
                col(HELD),
                gates.stream().map(gate -> learning.metric(gate.metric())).collect(Collectors.toSet()),
                new Bootstrap(RESAMPLES, LEVEL, learning.settings().seed()));
    }

    /** Why the version says nothing about these rows. */
    private Optional<String> difference(Bundle bundle) throws IOException {
        Encoding encoding = bundle.encoding();
        if (!encoding.target().equals(learning.label().target())) {
            return Optional.of("it predicts %s, and the new one %s"
                    .formatted(text(encoding.target()), text(learning.label().target())));
        }
        Set<String> features =
                learning.set().features().stream().map(FeatureColumn::name).collect(Collectors.toSet());
        Optional<String> missing = encoding.features().stream()
                .map(Feature::name)
                .filter(feature -> !features.contains(feature))
                .findFirst();
        if (missing.isPresent()) {
            return missing.map("it takes feature '%s', which the training set does not have"::formatted);
        }
        Map<String, String> now =
                FeatureExpressions.of(context.pipeline(), encoding).expressions();
        return FeatureExpressions.read(bundle).expressions().entrySet().stream()
                .filter(feature -> !feature.getValue().equals(now.get(feature.getKey())))
                .findFirst()
                .map(feature -> "it computes feature '%s' as %s".formatted(feature.getKey(), feature.getValue()));
    }

    private static String text(Target target) {
        return target.classes().isEmpty()
                ? "the number '%s'".formatted(target.label())
                : "'%s', one of %s"
                        .formatted(
                                target.label(),
                                target.classes().stream().limit(SHOWN).collect(Collectors.joining(", ")));
    }
}
