package io.trainyard.registry.scoring;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.BundleException;
import io.trainyard.registry.bundle.TrustedKeys;
import io.trainyard.registry.encoding.Target;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Scores rows with a model of XGBoost in a plain JVM. Immutable, usable from any thread, and nothing to close.
 *
 * <p>Rows hold raw values by the names of the features, as the training data had them; the bundle's own encoding makes
 * numbers of them. A missing value is null or NaN. Scores are those of XGBoost: margins to the last bit, probabilities
 * to the last digits of a float. Where the bundle has a calibration, it makes the probabilities, of the margins.
 */
public final class Scorer {
    private final Target target;
    private final RawRows raw;
    private final BoostedTrees booster;

    private Scorer(Bundle bundle, BoostedTrees booster) {
        this.target = bundle.encoding().target();
        this.raw = new RawRows(bundle.encoding());
        this.booster = booster;
    }

    /**
     * The model of the bundle in a local directory, after every file was held to the manifest.
     *
     * @throws BundleException when the bundle is damaged, or its model is none that a plain JVM can score
     * @throws UncheckedIOException when a file cannot be read
     */
    public static Scorer open(Path directory) {
        return of(Bundle.open(directory));
    }

    /**
     * As {@link #open(Path)}, of a bundle that one of the trusted keys has signed.
     *
     * @throws BundleException also when the bundle is not signed, or not by one of these keys
     */
    public static Scorer open(Path directory, TrustedKeys trusted) {
        return of(Bundle.open(directory, trusted));
    }

    /** As {@link #open(Path)}, of a bundle that is open. */
    public static Scorer of(Bundle bundle) {
        return new Scorer(bundle, BundledBooster.read(bundle));
    }

    /** What is predicted. */
    public Target target() {
        return target;
    }

    /** The names of the features, in the order in which a row without names has its values. */
    public List<String> features() {
        return raw.features();
    }

    /**
     * Scores a row.
     *
     * @param row raw values by the names of the features, all of them and no others
     * @throws RegistryException when a feature is missing, unknown, or of a kind that the model cannot take
     */
    public Prediction score(Map<String, ?> row) {
        return score(List.of(row)).get(0);
    }

    /**
     * Scores a row.
     *
     * @param row raw values in the order of {@link #features}
     */
    public Prediction score(Object[] row) {
        return score(new Object[][] {row}).get(0);
    }

    /** Scores rows as {@link #score(Map)} does. A message counts rows from 0. */
    public List<Prediction> score(List<? extends Map<String, ?>> rows) {
        Iterator<? extends Map<String, ?>> rest = rows.iterator();
        return score(rows.size(), (row, into, offset) -> raw.encode(row, raw.values(row, rest.next()), into, offset));
    }

    /** Scores rows as {@link #score(Object[])} does. */
    public List<Prediction> score(Object[][] rows) {
        return score(rows.length, (row, into, offset) -> raw.encode(row, rows[row], into, offset));
    }

    /**
     * Scores columns.
     *
     * @param columns by the names of the features, all of them and no others: arrays of primitives or of objects, or
     *     lists, of equal length
     */
    public List<Prediction> scoreColumns(Map<String, ?> columns) {
        RawColumns named = new RawColumns(raw.features(), columns);
        Object[] values = new Object[raw.features().size()];
        return score(named.rows(), (row, into, offset) -> {
            named.read(row, values);
            raw.encode(row, values, into, offset);
        });
    }

    /** Writes encoded rows, asked for one after the other. */
    @FunctionalInterface
    private interface Encoded {
        void encode(int row, float[] into, int offset);
    }

    private List<Prediction> score(int rows, Encoded encoded) {
        float[] scores = new float[Math.multiplyExact(rows, booster.scores())];
        int block = Math.min(rows, BoostedTrees.BLOCK);
        float[] values = new float[block * raw.width()];
        int[] codes = new int[block * booster.forest().width()];
        for (int first = 0; first < rows; first += block) {
            int count = Math.min(block, rows - first);
            for (int row = 0; row < count; row++) {
                encoded.encode(first + row, values, row * raw.width());
            }
            booster.score(values, count, codes, scores, first * booster.scores());
        }
        return predictions(rows, scores);
    }

    private List<Prediction> predictions(int rows, float[] scores) {
        return new AbstractList<>() {
            @Override
            public Prediction get(int row) {
                return new Prediction(target, scores, Objects.checkIndex(row, rows) * booster.scores());
            }

            @Override
            public int size() {
                return rows;
            }
        };
    }
}
