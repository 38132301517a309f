package io.trainyard.tuning.matrix;

import com.sun.jna.Callback;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.trainyard.tuning.matrix.NativeLibrary.Functions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * A matrix of which XGBoost holds each value's bin and not the value, which takes less memory than a {@link DMatrix}; a model
 * trained on it is the same to the last byte. XGBoost's Java package has none for processors, but its native library exports the C
 * functions ({@code XGQuantileDMatrixCreateFromCallback}), which are called through JNA.
 */
final class QuantileMatrix extends DMatrix {
    /** So many floats of a part are in Java's hands at a time. */
    private static final int CHUNK = 1 << 20;

    private QuantileMatrix(long handle) {
        super(handle);
    }

    /**
     * @param rows are streamed more than once
     * @param maxBin bins a column, with which models must be trained as well
     */
    static QuantileMatrix of(PartRows rows, MatrixBlocks blocks, int maxBin) throws IOException, XGBoostError {
        return of(rows, blocks, maxBin, Math.max(1, CHUNK / blocks.columns().size()));
    }

    /** @param batchRows rows that are handed over at a time */
    static QuantileMatrix of(PartRows rows, MatrixBlocks blocks, int maxBin, int batchRows)
            throws IOException, XGBoostError {
        Functions functions = NativeLibrary.functions();
        PointerByReference made = new PointerByReference();
        check(functions, functions.XGProxyDMatrixCreate(made));
        Pointer proxy = made.getValue();
        QuantileMatrix batch = new QuantileMatrix(Pointer.nativeValue(proxy));
        try (Feed feed = new Feed(functions, rows, blocks, proxy, batch, batchRows)) {
            String settings = "{\"missing\": NaN, \"nthread\": %d, \"max_bin\": %d}"
                    .formatted(Runtime.getRuntime().availableProcessors(), maxBin);
            PointerByReference matrix = new PointerByReference();
            // JNA keeps callbacks only as long as they can be reached: the fields of the feed hold them until the call
            // returns.
            int code = functions.XGQuantileDMatrixCreateFromCallback(
                    null, proxy, null, feed.rewind, feed.next, settings, matrix);
            feed.rethrow();
            check(functions, code);
            return new QuantileMatrix(Pointer.nativeValue(matrix.getValue()));
        } finally {
            batch.dispose();
        }
    }

    private static void check(Functions functions, int code) throws XGBoostError {
        if (code != 0) {
            throw new XGBoostError(functions.XGBGetLastError());
        }
    }

    /** Goes back to the first batch. */
    interface Rewind extends Callback {
        void call(Pointer iterator);
    }

    /** Sets the next batch on the proxy; 0 after the last. */
    interface Next extends Callback {
        int call(Pointer iterator);
    }

    /** Fills the proxy batch by batch. Nothing may be thrown through native code, so what fails is kept. */
    private static final class Feed implements AutoCloseable {
        private final Functions functions;
        private final PartRows rows;
        private final MatrixBlocks blocks;
        private final Pointer proxy;
        private final DMatrix batch;
        private final int columns;
        private final int batchRows;
        private final Memory memory;
        private final boolean weighted;
        private final FloatBuffer values;
        private final float[] labels;
        private final float[] weights;
        private final Rewind rewind = this::rewind;
        private final Next next = this::next;
        private Throwable failure;

        Feed(Functions functions, PartRows rows, MatrixBlocks blocks, Pointer proxy, DMatrix batch, int batchRows)
                throws IOException {
            this.weighted = rows.areWeighted();
            this.functions = functions;
            this.rows = rows;
            this.blocks = blocks;
            this.proxy = proxy;
            this.batch = batch;
            this.columns = blocks.columns().size();
            this.batchRows = batchRows;
            this.memory = new Memory((long) batchRows * columns * Float.BYTES);
            ByteBuffer bytes = memory.getByteBuffer(0, memory.size()).order(ByteOrder.LITTLE_ENDIAN);
            this.values = bytes.asFloatBuffer();
            this.labels = new float[batchRows];
            this.weights = new float[batchRows];
        }

        private void rewind(Pointer iterator) {
            try {
                rows.rewind();
            } catch (IOException | RuntimeException | Error unreadable) {
                failure = unreadable;
            }
        }

        private int next(Pointer iterator) {
            try {
                return failure == null && fill() ? 1 : 0;
            } catch (IOException | XGBoostError | RuntimeException | Error unusable) {
                failure = unusable;
                return 0;
            }
        }

        private boolean fill() throws IOException, XGBoostError {
            values.clear();
            int filled = 0;
            while (filled < batchRows) {
                MatrixRow row = rows.next();
                if (row == null) {
                    break;
                }
                values.put(row.features, 0, columns);
                labels[filled] = row.label;
                weights[filled] = row.weight;
                filled++;
            }
            if (filled == 0) {
                return false;
            }
            check(
                    functions,
                    functions.XGProxyDMatrixSetDataDense(
                            proxy,
                            "{\"data\": [%d, true], \"shape\": [%d, %d], \"typestr\": \"<f4\", \"version\": 3}"
                                    .formatted(Pointer.nativeValue(memory), filled, columns)));
            batch.setLabel(Arrays.copyOf(labels, filled));
            if (weighted) {
                batch.setWeight(Arrays.copyOf(weights, filled));
            }
            batch.setFeatureNames(blocks.columns().toArray(String[]::new));
            batch.setFeatureTypes(blocks.columnTypes().toArray(String[]::new));
            return true;
        }

        void rethrow() throws IOException, XGBoostError {
            if (failure instanceof IOException unreadable) {
                throw unreadable;
            }
            if (failure instanceof XGBoostError refused) {
                throw refused;
            }
            if (failure instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            if (failure instanceof Error fatal) {
                throw fatal;
            }
        }

        @Override
        public void close() throws IOException {
            memory.close();
            rows.close();
        }
    }
}
