package io.trainyard.tuning.matrix;

import java.io.BufferedInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of one block: a header (magic, columns), then rows of an eight-byte mask of parts, eight bytes each of group and unit where
 * blocks are grouped, label, weight and features, little-endian four-byte floats. Rows stream both ways; nobody holds a block.
 */
final class BlockFile {
    private static final int MAGIC = 0x32425954;

    private BlockFile() {}

    private static int rowBytes(int columns, boolean grouped) {
        return (grouped ? 3 : 1) * Long.BYTES + (columns + 2) * Float.BYTES;
    }

    /** Writes rows; the stream belongs to the caller. */
    static final class Writer {
        private final OutputStream out;
        private final boolean grouped;
        private final ByteBuffer buffer;

        Writer(OutputStream out, int columns, boolean grouped) throws IOException {
            this.out = out;
            this.grouped = grouped;
            this.buffer = ByteBuffer.allocate(rowBytes(columns, grouped)).order(ByteOrder.LITTLE_ENDIAN);
            new DataOutputStream(out).writeInt(MAGIC);
            new DataOutputStream(out).writeInt(columns);
        }

        void write(MatrixRow row) throws IOException {
            buffer.clear();
            buffer.putLong(row.parts);
            if (grouped) {
                buffer.putLong(row.group).putLong(row.unit);
            }
            buffer.putFloat(row.label).putFloat(row.weight);
            for (float feature : row.features) {
                buffer.putFloat(feature);
            }
            out.write(buffer.array());
        }
    }

    /** Reads rows into one reused {@link MatrixRow}; the stream belongs to the caller. */
    static final class Reader {
        private final InputStream in;
        private final String file;
        private final boolean grouped;
        private final ByteBuffer buffer;
        private final MatrixRow row;
        private int rows;

        /** @param file for messages */
        Reader(InputStream in, String file, int columns, boolean grouped) throws IOException {
            this.in = new BufferedInputStream(in, 1 << 16);
            this.file = file;
            this.grouped = grouped;
            ByteBuffer header = ByteBuffer.wrap(this.in.readNBytes(2 * Integer.BYTES));
            if (header.remaining() < 2 * Integer.BYTES || header.getInt() != MAGIC || header.getInt() != columns) {
                throw broken("it is not a block of " + columns + " columns");
            }
            this.buffer = ByteBuffer.allocate(rowBytes(columns, grouped)).order(ByteOrder.LITTLE_ENDIAN);
            this.row = new MatrixRow(columns);
        }

        /** The next row. The same object each time. */
        MatrixRow next() throws IOException {
            rows++;
            int read = in.readNBytes(buffer.array(), 0, buffer.capacity());
            if (read < buffer.capacity()) {
                throw broken("it ends within row " + rows);
            }
            buffer.rewind();
            long parts = buffer.getLong();
            if (grouped) {
                row.setGroups(buffer.getLong(), buffer.getLong());
            }
            float label = buffer.getFloat();
            row.set(label, buffer.getFloat(), parts);
            buffer.asFloatBuffer().get(row.features);
            return row;
        }

        private IOException broken(String problem) {
            return new IOException("Cannot read block %s: %s; delete its folder, and the blocks are written again"
                    .formatted(file, problem));
        }
    }
}
