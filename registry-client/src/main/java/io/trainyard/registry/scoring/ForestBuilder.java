package io.trainyard.registry.scoring;

import java.util.Arrays;
import java.util.List;

/** Lays trees out in the arrays of a {@link Forest}. */
final class ForestBuilder {
    /** Ahead of every code, so that a leaf's one child is on the left. */
    private static final long LEAF = test(Integer.MAX_VALUE - 1, 0);

    private static final int[] NO_BITS = {};

    final long[] tests;
    final int[] left;
    final float[] leaves;
    final int[] roots;
    final int[] depths;
    final int[] groups;
    final boolean[] categorical;

    private final int[] categories;
    private final ForestColumns.Builder columns = new ForestColumns.Builder();
    private int[] bits = NO_BITS;
    private int words;

    /** @param categories how many each encoded column has, 0 for a number */
    ForestBuilder(List<Tree> trees, int[] categories) {
        this.categories = categories;
        int nodes = trees.stream().mapToInt(tree -> tree.nodes().size()).sum();
        tests = new long[nodes];
        left = new int[nodes];
        leaves = new float[nodes];
        roots = new int[trees.size()];
        depths = trees.stream().mapToInt(Tree::depth).toArray();
        groups = trees.stream().mapToInt(Tree::group).toArray();
        categorical = new boolean[trees.size()];
        int root = 0;
        for (int i = 0; i < roots.length; i++) {
            roots[i] = root;
            add(trees.get(i), i);
            root += trees.get(i).nodes().size();
        }
    }

    Forest build() {
        return new Forest(this);
    }

    ForestColumns columns() {
        return columns.build();
    }

    int[] bits() {
        return Arrays.copyOf(bits, words);
    }

    private void add(Tree tree, int number) {
        int at = roots[number];
        for (Tree.Node node : tree.nodes()) {
            if (node instanceof Tree.Leaf leaf) {
                tests[at] = LEAF;
                left[at] = at;
                leaves[at] = leaf.value();
            } else if (node instanceof Tree.NumberSplit split) {
                int largestLeft = ForestColumns.code(split.threshold()) - 1;
                tests[at] = test(largestLeft, columns.of(split.feature(), split.missingLeft()));
                left[at] = roots[number] + split.left();
            } else if (node instanceof Tree.CategorySplit split) {
                int known = categories[split.feature()];
                tests[at] = test(firstBit(split, known), columns.of(split.feature(), split.missingLeft(), known));
                left[at] = ~(roots[number] + split.left());
                categorical[number] = true;
            }
            at++;
        }
    }

    private static long test(int upper, int column) {
        return ((long) upper << Integer.SIZE) | column;
    }

    /** Sets a bit for each category that goes right, and the last one: it is asked by missing values that go right. */
    private int firstBit(Tree.CategorySplit split, int known) {
        int first = words;
        long needed = (known + 1L) / Integer.SIZE + 1;
        if (first + needed > Integer.MAX_VALUE / Integer.SIZE) {
            throw new ModelFileException(
                    "its splits by categories need more than 256 MiB; train with fewer categories");
        }
        words += (int) needed;
        if (words > bits.length) {
            bits = Arrays.copyOf(bits, Math.max(words, 2 * bits.length));
        }
        split.right().forEach(category -> set(first, category));
        set(first, known + 1);
        return first * Integer.SIZE;
    }

    private void set(int word, int bit) {
        bits[word + bit / Integer.SIZE] |= 1 << bit;
    }
}
