package io.trainyard.registry.scoring;

import java.util.List;

/**
 * A tree of a booster.
 *
 * @param nodes level by level, the root first; the two children of a node follow each other
 * @param depth of the deepest leaf, 0 for a root alone
 * @param group the score that the tree adds to
 */
record Tree(List<Node> nodes, int depth, int group) {
    /** Copies what it is given. */
    Tree {
        nodes = List.copyOf(nodes);
    }

    /** A node; {@code left} is the index of the left child, and the right one's is one more. */
    sealed interface Node {}

    /** Where a row ends, and what it adds to the row's margin. */
    record Leaf(float value) implements Node {}

    /** Rows below the threshold go left; −0 and 0 are equal. */
    record NumberSplit(int feature, float threshold, boolean missingLeft, int left) implements Node {}

    /**
     * Rows of these categories go right, those of others left.
     *
     * @param right distinct codes from 0 on, in any order
     */
    record CategorySplit(int feature, List<Integer> right, boolean missingLeft, int left) implements Node {
        /** Copies what it is given. */
        CategorySplit {
            right = List.copyOf(right);
        }
    }
}
