package io.trainyard.registry.scoring;

import java.util.Arrays;

/**
 * The trees of a booster in flat arrays, walked without a jump that depends on the data. All rows of a block go
 * down a tree side by side, as many steps as it is deep: a leaf leads to itself.
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
        int[] nodes = new int[count];
        for (int tree = 0; tree < roots.length; tree++) {
            Arrays.fill(nodes, roots[tree]);
            for (int step = 0; step < depths[tree]; step++) {
                if (categorical[tree]) {
                    descend(nodes, codes);
                } else {
                    descendByNumbers(nodes, codes);
                }
            }
            for (int row = 0, at = offset + groups[tree]; row < count; row++, at += scores) {
                margins[at] += leaves[nodes[row]];
            }
        }
    }

    private void descendByNumbers(int[] nodes, int[] codes) {
        int width = columns.width();
        for (int row = 0, first = 0; row < nodes.length; row++, first += width) {
            int node = nodes[row];
            long test = tests[node];
            nodes[row] = left[node] + (int) (((test >> 32) - codes[first + (int) test]) >>> 63);
        }
    }

    private void descend(int[] nodes, int[] codes) {
        int width = columns.width();
        for (int row = 0, first = 0; row < nodes.length; row++, first += width) {
            int node = nodes[row];
            long test = tests[node];
            int code = codes[first + (int) test];
            int byCategory = left[node] >> 31;
            int greater = (int) (((test >> 32) - code) >>> 63);
            int bit = (int) (test >> 32) + code;
            int listed = (bits[(bit >> 5) & byCategory] >>> bit) & 1;
            nodes[row] = (left[node] ^ byCategory) + ((listed & byCategory) | (greater & ~byCategory));
        }
    }
}
