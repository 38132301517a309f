package io.trainyard.registry.scoring;

/**
 * The trees of a booster in flat arrays, walked without a jump that depends on the data. All rows of a block take as
 * many steps in a tree as it is deep, four rows side by side: a leaf leads to itself.
 *
 * <p>A node is a word of {@link #tests} and a place in {@link #left}, after which the right child's follows. The upper
 * half of a number's test is the largest code that goes left, the lower half the column. A node that splits by
 * categories has the place of its first bit there, one a category and set for those that go right, and the complement
 * of its left child in {@link #left}.
 */
final class Forest {
    private final ForestColumns columns;
    private final long[] tests;
    private final int[] left;
    private final float[] leaves;
    private final int[] bits;
    private final int[] roots;
    private final int[] depths;
    private final int[] groups;
    private final boolean[] categorical;

    Forest(ForestBuilder built) {
        columns = built.columns();
        tests = built.tests;
        left = built.left;
        leaves = built.leaves;
        bits = built.bits();
        roots = built.roots;
        depths = built.depths;
        groups = built.groups;
        categorical = built.categorical;
    }

    int width() {
        return columns.width();
    }

    /**
     * Adds every row's leaves to its margins, tree after tree as XGBoost does, so that sums round alike.
     *
     * @param rows encoded, row-major, {@code features} a row
     * @param codes room for {@link #width()} a row
     * @param margins row-major, {@code scores} a row, from {@code offset} on
     */
    void add(float[] rows, int features, int count, int[] codes, float[] margins, int offset, int scores) {
        columns.encode(rows, features, count, codes);
        for (int tree = 0; tree < roots.length; tree++) {
            int at = offset + groups[tree];
            if (categorical[tree]) {
                addByCategories(tree, codes, count, margins, at, scores);
            } else {
                addByNumbers(tree, codes, count, margins, at, scores);
            }
        }
    }

    private void addByNumbers(int tree, int[] codes, int count, float[] margins, int offset, int scores) {
        int width = columns.width();
        int root = roots[tree];
        int depth = depths[tree];
        int at = offset;
        int row = 0;
        int first = 0;
        for (; row + 4 <= count; row += 4) {
            int a = root;
            int b = root;
            int c = root;
            int d = root;
            int second = first + width;
            int third = second + width;
            int fourth = third + width;
            for (int step = 0; step < depth; step++) {
                a = child(a, codes, first);
                b = child(b, codes, second);
                c = child(c, codes, third);
                d = child(d, codes, fourth);
            }
            margins[at] += leaves[a];
            margins[at + scores] += leaves[b];
            margins[at + 2 * scores] += leaves[c];
            margins[at + 3 * scores] += leaves[d];
            at += 4 * scores;
            first += 4 * width;
        }
        for (; row < count; row++) {
            int node = root;
            for (int step = 0; step < depth; step++) {
                node = child(node, codes, first);
            }
            margins[at] += leaves[node];
            at += scores;
            first += width;
        }
    }

    private int child(int node, int[] codes, int first) {
        long test = tests[node];
        return left[node] + (int) (((test >> 32) - codes[first + (int) test]) >>> 63);
    }

    private void addByCategories(int tree, int[] codes, int count, float[] margins, int offset, int scores) {
        int at = offset;
        int first = 0;
        for (int row = 0; row < count; row++) {
            int node = roots[tree];
            for (int step = 0; step < depths[tree]; step++) {
                node = left[node] < 0 ? childByCategory(node, codes, first) : child(node, codes, first);
            }
            margins[at] += leaves[node];
            at += scores;
            first += columns.width();
        }
    }

    private int childByCategory(int node, int[] codes, int first) {
        long test = tests[node];
        int bit = (int) (test >> 32) + codes[first + (int) test];
        return ~left[node] + ((bits[bit >> 5] >>> bit) & 1);
    }
}
