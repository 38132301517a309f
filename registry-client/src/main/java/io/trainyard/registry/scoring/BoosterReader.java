package io.trainyard.registry.scoring;

import io.trainyard.registry.encoding.Encoding;
import io.trainyard.registry.encoding.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads a booster from a model file of XGBoost 3.1 in the format {@code ubj}, and holds it to its encoding. */
final class BoosterReader {
    /** What scores are held to by tests: how a base score is meant has changed with versions. */
    private static final String VERSION = "3.1";

    private final Encoding encoding;

    /** How many each encoded column has, 0 for a number. */
    private final int[] categories;

    BoosterReader(Encoding encoding) {
        this.encoding = encoding;
        this.categories = encoding.features().stream()
                .flatMapToInt(BoosterReader::categories)
                .toArray();
    }

    private static IntStream categories(Feature feature) {
        return feature instanceof Feature.CategoryFeature category
                ? IntStream.of(category.categories().size())
                : IntStream.range(0, feature.width()).map(column -> 0);
    }

    /** @throws ModelFileException if the file is damaged, or holds a model that we do not evaluate */
    BoostedTrees read(byte[] ubj) {
        ModelField root = ModelField.root(ubj);
        requireVersion(root.field("version"));
        ModelField learner = root.field("learner");
        ModelField parameters = learner.field("learner_model_param");
        requireColumns(parameters.field("num_feature"), learner.field("feature_names"));
        Link link = link(learner.field("objective").field("name"));
        int scores = scores(parameters, link);
        float[] bases = bases(parameters.field("base_score"), link, scores);
        List<Tree> trees = trees(learner.field("gradient_booster"), scores);
        return new BoostedTrees(categories.length, link, bases, new ForestBuilder(trees, categories).build());
    }

    private static void requireVersion(ModelField version) {
        String found = dotted(version.wholes());
        if (!found.startsWith(VERSION + ".")) {
            throw version.unsupported(
                    "XGBoost %s wrote it, and models of %s are read; train the model again".formatted(found, VERSION));
        }
    }

    private static String dotted(int[] numbers) {
        List<String> parts = new ArrayList<>();
        for (int number : numbers) {
            parts.add(Integer.toString(number));
        }
        return String.join(".", parts);
    }

    private void requireColumns(ModelField width, ModelField names) {
        if (width.number() != categories.length) {
            throw width.refused(
                    "it takes %d columns, and the encoding gives %d".formatted(width.number(), categories.length));
        }
        List<String> trained = names.texts();
        if (!trained.isEmpty() && !areNames(trained, encoding.columns())) {
            throw names.refused(
                    "it takes the columns %s, and the encoding gives %s".formatted(trained, encoding.columns()));
        }
    }

    /** XGBoost4J writes characters beyond the first 65,536 so that no reader knows them again. */
    private static boolean areNames(List<String> trained, List<String> columns) {
        return trained.size() == columns.size()
                && IntStream.range(0, columns.size())
                        .allMatch(i -> trained.get(i).equals(columns.get(i))
                                || columns.get(i).chars().anyMatch(c -> Character.isSurrogate((char) c)));
    }

    private Link link(ModelField objective) {
        Link link = Link.of(objective.text())
                .orElseThrow(
                        () -> objective.unsupported("models for '%s' are not supported; score them with XGBoost itself"
                                .formatted(objective.text())));
        int classes = encoding.target().classes().size();
        boolean fits = switch (link) {
            case IDENTITY, LOGARITHM -> classes == 0;
            case LOGIT -> classes == 2;
            case SOFTMAX -> classes > 2;
        };
        if (!fits) {
            throw objective.refused("a model for '%s' does not predict %s"
                    .formatted(
                            objective.text(),
                            classes == 0 ? "a number" : encoding.target().classes()));
        }
        return link;
    }

    private int scores(ModelField parameters, Link link) {
        int scores = link == Link.SOFTMAX ? encoding.target().classes().size() : 1;
        ModelField classes = parameters.field("num_class");
        if (classes.number() != scores && (scores > 1 || classes.number() != 0)) {
            throw classes.refused("it has %d classes, and the encoding %s"
                    .formatted(classes.number(), encoding.target().classes()));
        }
        ModelField targets = parameters.field("num_target");
        if (targets.number() > 1) {
            throw targets.unsupported(
                    "models of %d targets are not supported; train one for each".formatted(targets.number()));
        }
        return scores;
    }

    /** Written as a list, {@code [5E-1]}, with a number for each score, or with one for all. */
    private static float[] bases(ModelField field, Link link, int scores) {
        String[] numbers = field.text().replace("[", "").replace("]", "").split(",", -1);
        if (numbers.length != 1 && numbers.length != scores) {
            throw field.refused("it has %d numbers for %d scores".formatted(numbers.length, scores));
        }
        float[] bases = new float[scores];
        for (int i = 0; i < scores; i++) {
            bases[i] = base(field, link, numbers[numbers.length == 1 ? 0 : i]);
        }
        return bases;
    }

    private static float base(ModelField field, Link link, String number) {
        try {
            float base = link.margin(Float.parseFloat(number));
            if (Float.isFinite(base)) {
                return base;
            }
        } catch (NumberFormatException e) {
            // Told below, as are numbers that the link does not take.
        }
        throw field.refused("'%s' is no number at which sums could begin".formatted(number));
    }

    private List<Tree> trees(ModelField booster, int scores) {
        ModelField name = booster.field("name");
        if (!name.text().equals("gbtree")) {
            throw name.unsupported(
                    "boosters of the kind '%s' are not supported; train with booster=gbtree".formatted(name.text()));
        }
        ModelField model = booster.field("model");
        List<ModelField> fields = model.field("trees").elements();
        ModelField groupsField = model.field("tree_info");
        int[] groups = groupsField.wholes(fields.size());
        List<Tree> trees = new ArrayList<>(groups.length);
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] < 0 || groups[i] >= scores) {
                throw groupsField.refused("tree %d adds to score %d, and there are %d".formatted(i, groups[i], scores));
            }
            trees.add(new TreeReader(fields.get(i), categories).read(groups[i]));
        }
        return trees;
    }
}
