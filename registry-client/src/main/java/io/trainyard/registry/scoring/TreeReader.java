package io.trainyard.registry.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one tree of a model file (XGBoost's {@code doc/model.schema}). Only nodes that the root leads to are read, each
 * once: pruned ones stay in the file, and a child that points back would have rows run in a circle.
 */
final class TreeReader {
    private static final int NONE = -1;
    private static final int CATEGORICAL = 1;

    private final ModelField tree;
    private final int[] categories;
    private final int size;
    private final int[] left;
    private final int[] right;
    private final int[] features;
    private final float[] conditions;
    private final int[] missingLeft;
    private final int[] types;
    private final int[] segments;
    private final int[] sizes;
    private final int[] codes;

    /** The place of a node's categories in {@link #segments}, {@link #NONE} for a node that has none. */
    private final int[] segmentOfNode;

    /** @param categories how many each encoded column has, 0 for a number */
    TreeReader(ModelField tree, int[] categories) {
        this.tree = tree;
        this.categories = categories;
        left = tree.field("left_children").wholes();
        size = left.length;
        right = tree.field("right_children").wholes(size);
        features = tree.field("split_indices").wholes(size);
        conditions = tree.field("split_conditions").floats(size);
        missingLeft = tree.field("default_left").wholes(size);
        types = tree.field("split_type").wholes(size);
        int[] categoryNodes = tree.field("categories_nodes").wholes();
        segments = tree.field("categories_segments").wholes(categoryNodes.length);
        sizes = tree.field("categories_sizes").wholes(categoryNodes.length);
        codes = tree.field("categories").wholes();
        segmentOfNode = new int[size];
        Arrays.fill(segmentOfNode, NONE);
        for (int i = 0; i < categoryNodes.length; i++) {
            segmentOfNode[existing(categoryNodes[i], "categories_nodes")] = i;
        }
        requireOneNumberALeaf();
    }

    private void requireOneNumberALeaf() {
        if (size == 0) {
            throw tree.refused("it has no node");
        }
        ModelField width = tree.field("tree_param").field("size_leaf_vector");
        if (width.number() > 1) {
            throw width.unsupported(
                    "leaves of %s numbers are not supported; train with multi_strategy=one_output_per_tree"
                            .formatted(width.text()));
        }
    }

    Tree read(int group) {
        List<Tree.Node> nodes = new ArrayList<>();
        boolean[] met = new boolean[size];
        met[0] = true;
        int[] level = {0};
        int depth = 0;
        while (true) {
            int next = nodes.size() + level.length;
            int[] below = new int[2 * level.length];
            int count = 0;
            for (int node : level) {
                nodes.add(node(node, next + count));
                if (left[node] != NONE) {
                    below[count++] = meet(left[node], met);
                    below[count++] = meet(right[node], met);
                }
            }
            if (count == 0) {
                return new Tree(nodes, depth, group);
            }
            level = Arrays.copyOf(below, count);
            depth++;
        }
    }

    private int meet(int node, boolean[] met) {
        if (met[existing(node, "left_children and right_children")]) {
            throw tree.refused("two nodes lead to node %d".formatted(node));
        }
        met[node] = true;
        return node;
    }

    private int existing(int node, String list) {
        if (node < 0 || node >= size) {
            throw tree.refused("%s has node %d, and there are %d".formatted(list, node, size));
        }
        return node;
    }

    private Tree.Node node(int node, int firstChild) {
        if (left[node] == NONE) {
            return leaf(node);
        }
        int feature = features[node];
        if (feature < 0 || feature >= categories.length) {
            throw tree.refused("node %d splits by column %d, and the encoding has %d columns"
                    .formatted(node, feature, categories.length));
        }
        boolean goesLeft = missingLeft[node] != 0;
        if (types[node] == CATEGORICAL) {
            return new Tree.CategorySplit(feature, codes(node, categories[feature]), goesLeft, firstChild);
        }
        if (Float.isNaN(conditions[node])) {
            throw tree.refused("node %d splits at NaN".formatted(node));
        }
        return new Tree.NumberSplit(feature, conditions[node], goesLeft, firstChild);
    }

    private Tree.Node leaf(int node) {
        if (right[node] != NONE) {
            throw tree.refused("node %d has a right child, %d, and no left one".formatted(node, right[node]));
        }
        if (!Float.isFinite(conditions[node])) {
            throw tree.refused("leaf %d is %s, no finite number".formatted(node, conditions[node]));
        }
        return new Tree.Leaf(conditions[node]);
    }

    private List<Integer> codes(int node, int known) {
        int segment = segmentOfNode[node];
        if (known == 0) {
            throw tree.refused("node %d splits by categories of column %d, which holds numbers in the encoding"
                    .formatted(node, features[node]));
        }
        if (segment == NONE) {
            throw tree.refused("node %d splits by categories, and none are listed for it".formatted(node));
        }
        long end = (long) segments[segment] + sizes[segment];
        if (segments[segment] < 0 || sizes[segment] < 0 || end > codes.length) {
            throw tree.refused("the categories of node %d are the %d from %d on, and there are %d"
                    .formatted(node, sizes[segment], segments[segment], codes.length));
        }
        List<Integer> listed = new ArrayList<>(sizes[segment]);
        for (int i = segments[segment]; i < end; i++) {
            if (codes[i] < 0 || codes[i] >= known) {
                throw tree.refused("node %d splits by category %d of column %d, and the encoding has %d there"
                        .formatted(node, codes[i], features[node], known));
            }
            listed.add(codes[i]);
        }
        return listed;
    }
}
