package io.trainyard.registry.scoring;

import java.util.ArrayList;
import java.util.List;

/** Reads a booster from a model file of XGBoost 3 in the format {@code ubj}. */
final class BoosterReader {
    private static final int VERSION = 3;

    private final int[] categories;

    /** @param categories how many each encoded column has, 0 for a number */
    BoosterReader(int[] categories) {
        this.categories = categories.clone();
    }

    /** @throws ModelFileException if the file is damaged, or holds a model that we do not evaluate */
    BoostedTrees read(byte[] ubj) {
        ModelField root = ModelField.root(ubj);
        requireVersion(root.field("version"));
        ModelField learner = root.field("learner");
        ModelField parameters = learner.field("learner_model_param");
        requireWidth(parameters.field("num_feature"));
        Link link = link(learner.field("objective").field("name"));
        int scores = scores(parameters, link);
        return new BoostedTrees(
                learner.field("feature_names").texts(),
                categories.length,
                link,
                bases(parameters.field("base_score"), link, scores),
                new ForestBuilder(trees(learner.field("gradient_booster"), scores), categories).build());
    }

    private static void requireVersion(ModelField version) {
        int[] numbers = version.wholes();
        if (numbers.length == 0 || numbers[0] != VERSION) {
            throw version.refused("XGBoost %s wrote it, and we read those of %d.x".formatted(dotted(numbers), VERSION));
        }
    }

    private static String dotted(int[] numbers) {
        List<String> parts = new ArrayList<>();
        for (int number : numbers) {
            parts.add(Integer.toString(number));
        }
        return String.join(".", parts);
    }

    private void requireWidth(ModelField width) {
        if (width.number() != categories.length) {
            throw width.refused(
                    "it takes %d columns, and the encoding gives %d".formatted(width.number(), categories.length));
        }
    }

    private static Link link(ModelField objective) {
        return Link.of(objective.text())
                .orElseThrow(() -> objective.refused("models for '%s' are not supported; score them with XGBoost itself"
                        .formatted(objective.text())));
    }

    private static int scores(ModelField parameters, Link link) {
        ModelField classes = parameters.field("num_class");
        boolean several = link == Link.SOFTMAX;
        if (classes.number() < 0 || (several ? classes.number() < 2 : classes.number() > 1)) {
            throw classes.refused("the objective does not go with %d classes".formatted(classes.number()));
        }
        ModelField targets = parameters.field("num_target");
        if (targets.number() > 1) {
            throw targets.refused("models of %d targets are not supported".formatted(targets.number()));
        }
        return several ? classes.number() : 1;
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
            throw name.refused(
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
