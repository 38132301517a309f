package io.trainyard.features.split;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.trainyard.features.view.Split.FoldSplit;
import io.trainyard.features.view.Split.HashSplit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.expressions.Window;

/**
 * Parts by a hash, uniform in [0, 1): the test takes its share from below, so that rows that test do so however the others are
 * divided; what is left goes to the validation and to training, or evenly to the folds.
 */
final class HashParts {
    private static final double UNIT = 0x1.0p-53;

    private HashParts() {}

    static Column holdout(HashSplit split, Column by) {
        Column uniform = uniform(split.seed(), by);
        return when(uniform.lt(split.test()), SplitColumns.TEST)
                .when(uniform.lt(split.test() + split.validation()), SplitColumns.VALIDATION)
                .otherwise(SplitColumns.TRAIN);
    }

    /** Whether a row is for the test. */
    static Column tests(FoldSplit split, Column by) {
        return coalesce(uniform(split.seed(), by).lt(split.test()), lit(false));
    }

    /** The fold in which a row validates, unless it tests. */
    static Column fold(FoldSplit split, Column by, Column stratum) {
        return split.stratified() ? dealt(split, by, stratum) : drawn(split, by);
    }

    private static Column drawn(FoldSplit split, Column by) {
        Column left = uniform(split.seed(), by).minus(split.test()).divide(1 - split.test());
        return floor(left.multiply(split.folds())).cast("int");
    }

    /**
     * In turn by the order of the hash; rows of one key stay in one fold. Small strata begin at different folds, so that no fold gets
     * the odd rows of all.
     */
    private static Column dealt(FoldSplit split, Column by, Column stratum) {
        Column uniform = uniform(split.seed(), by);
        Column place = dense_rank()
                .over(Window.partitionBy(uniform.lt(split.test()), stratum).orderBy(uniform, by));
        return pmod(place.plus(pmod(xxhash64(stratum), lit(split.folds()))), lit(split.folds()))
                .cast("int");
    }

    /** The upper 53 bits of the hash are a double in [0, 1). */
    private static Column uniform(long seed, Column by) {
        return shiftrightunsigned(xxhash64(lit(seed), by), 11).multiply(UNIT);
    }
}
