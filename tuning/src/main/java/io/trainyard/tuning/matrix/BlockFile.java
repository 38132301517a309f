package io.trainyard.tuning.matrix;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of one block: a header (magic, columns), then rows of one parts byte, label, weight and features, all little-endian
 * four-byte floats. Rows stream both ways; nobody holds a block.
 */
final class BlockFile {
    private static final int MAGIC = 0x31425954;

    private BlockFile() {}

    private static int rowBytes(int columns) {
        return 1 + (columns + 2) * Float.BYTES;
    }

    /** Writes rows; the stream belongs to the caller. */
    static final class Writer {
        private final OutputStream out;
        private final ByteBuffer buffer;

        Writer(OutputStream out, int columns) throws IOException {
            this.out = out;
            this.buffer = ByteBuffer.allocate(rowBytes(columns)).order(ByteOrder.LITTLE_ENDIAN);
            new DataOutputStream(out).writeInt(MAGIC);
            new DataOutputStream(out).writeInt(columns);
        }

        void write(MatrixRow row) throws IOException {
            buffer.clear();
            buffer.put(row.parts).putFloat(row.label).putFloat(row.weight);
            for (float feature : row.features) {
                buffer.putFloat(feature);
            }
            out.write(buffer.array());
        }
    }

    /** Reads rows into one reused {@link MatrixRow}; the stream belongs to the caller. */
    static final class Reader {
        private final DataInputStream in;
        private final ByteBuffer buffer;
        private final MatrixRow row;

        Reader(InputStream in, int columns) throws IOException {
            this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
            int magic = this.in.readInt();
            int stored = this.in.readInt();
            if (magic != MAGIC || stored != columns) {
                throw new IOException("Not a block of " + columns + " columns: magic " + Integer.toHexString(magic)
                        + ", " + stored + " columns");
            }
            this.buffer = ByteBuffer.allocate(rowBytes(columns)).order(ByteOrder.LITTLE_ENDIAN);
            this.row = new MatrixRow(columns);
        }

        /** The next row. The same object each time. */
        MatrixRow next() throws IOException {
            int read = in.readNBytes(buffer.array(), 0, buffer.capacity());
            if (read < buffer.capacity()) {
                throw new EOFException("A block ends within a row");
            }
            buffer.rewind();
            byte parts = buffer.get();
            float label = buffer.getFloat();
            row.set(label, buffer.getFloat(), parts);
            buffer.asFloatBuffer().get(row.features);
            return row;
        }
    }
}
