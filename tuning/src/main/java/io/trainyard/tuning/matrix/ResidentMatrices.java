package io.trainyard.tuning.matrix;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;

/**
 * The native matrices of this executor, shared by all trials that run in it: the only static state of the project.
 *
 * <p>Life: the first task that needs a part loads it while the others wait; every task borrows and returns; a part of other
 * blocks is freed when new blocks arrive and nobody borrows it; {@link #release} frees what a finished study leaves behind.
 */
public final class ResidentMatrices {
    private static final ResidentMatrices OF_THIS_EXECUTOR = new ResidentMatrices();

    private record Key(String fingerprint, String folder, Part part) {}

    private static final class Entry {
        private final NativeMatrix matrix;
        private int borrowers;
        private boolean released;

        Entry(NativeMatrix matrix) {
            this.matrix = matrix;
        }
    }

    private final Map<Key, Entry> entries = new HashMap<>();

    private ResidentMatrices() {}

    /** A borrowed matrix; closing it returns the loan and frees nothing that another may use. */
    public static final class Loan implements AutoCloseable {
        private final ResidentMatrices owner;
        private final Key key;
        private final Entry entry;

        private Loan(ResidentMatrices owner, Key key, Entry entry) {
            this.owner = owner;
            this.key = key;
            this.entry = entry;
        }

        public NativeMatrix matrix() {
            return entry.matrix;
        }

        @Override
        public void close() {
            owner.giveBack(key, entry);
        }
    }

    /** Borrows one part, loading it if this executor does not hold it yet. */
    public static Loan borrow(MatrixBlocks blocks, Part part, Configuration configuration) throws IOException {
        return OF_THIS_EXECUTOR.lend(blocks, part, configuration);
    }

    /** Frees the matrices of these blocks on this executor, at once or when the last borrower returns them. */
    public static void release(MatrixBlocks blocks) {
        OF_THIS_EXECUTOR.freeWhere(key -> key.fingerprint().equals(blocks.fingerprint()));
    }

    /** Frees the matrices of these blocks' other folds on this executor, as {@link #release} does. */
    public static void releaseOtherFolds(MatrixBlocks blocks, int fold) {
        OF_THIS_EXECUTOR.freeWhere(key ->
                key.fingerprint().equals(blocks.fingerprint()) && key.part().fold() != fold);
    }

    private synchronized Loan lend(MatrixBlocks blocks, Part part, Configuration configuration) throws IOException {
        Key key = new Key(blocks.fingerprint(), blocks.folder(), part);
        Entry entry = entries.get(key);
        if (entry == null) {
            freeWhere(other -> !other.fingerprint().equals(blocks.fingerprint()));
            entry = new Entry(NativeMatrix.read(blocks, part, configuration));
            entries.put(key, entry);
        }
        entry.borrowers++;
        entry.released = false;
        return new Loan(this, key, entry);
    }

    private synchronized void giveBack(Key key, Entry entry) {
        entry.borrowers--;
        if (entry.released && entry.borrowers == 0) {
            entries.remove(key);
            entry.matrix.close();
        }
    }

    private synchronized void freeWhere(Predicate<Key> condition) {
        Iterator<Map.Entry<Key, Entry>> all = entries.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Key, Entry> next = all.next();
            if (!condition.test(next.getKey())) {
                continue;
            }
            next.getValue().released = true;
            if (next.getValue().borrowers == 0) {
                all.remove();
                next.getValue().matrix.close();
            }
        }
    }
}
