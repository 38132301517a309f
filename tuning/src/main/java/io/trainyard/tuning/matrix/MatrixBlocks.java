package io.trainyard.tuning.matrix;

import java.io.Serializable;
import java.util.List;

/**
 * The encoded training set in the warehouse: files of rows, in the training set's key order from the first file to the last.
 *
 * @param folder qualified path of the folder that holds the files
 * @param fingerprint names the content: equal fingerprints are equal rows
 * @param columns names of the encoded columns
 * @param columnTypes XGBoost's types of the columns: {@code q} for a quantity, {@code c} for a category code
 * @param grouping what is known of groups of rows; ranked ones are in the order of their groups before that of their keys
 * @param blocks the files, in key order
 */
public record MatrixBlocks(
        String folder,
        String fingerprint,
        List<String> columns,
        List<String> columnTypes,
        Grouping grouping,
        List<Block> blocks)
        implements Serializable {
    public MatrixBlocks {
        columns = List.copyOf(columns);
        columnTypes = List.copyOf(columnTypes);
        blocks = List.copyOf(blocks);
        if (columns.size() != columnTypes.size()) {
            throw new IllegalArgumentException(columns.size() + " columns with " + columnTypes.size() + " types");
        }
    }

    /** In how many folds the search fits and judges a trial; 1 for a holdout. */
    public int folds() {
        int folds = 1;
        while (folds < Part.MAX_FOLDS && rows(Part.validation(folds)) > 0) {
            folds++;
        }
        return folds;
    }

    /** How many rows a part has. */
    public long rows(Part part) {
        return blocks.stream().mapToLong(block -> block.rows(part)).sum();
    }

    /** Size of a part as plain floats, in bytes. */
    public long rawBytes(Part part) {
        return rows(part) * columns.size() * Float.BYTES;
    }
}
