package io.trainyard.tuning.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Streams the rows of one part, or of a share of it, from the warehouse, in key order; from the beginning as often as wanted. */
final class PartRows implements AutoCloseable {
    private final MatrixBlocks blocks;
    private final Part part;
    private final long first;
    private final long count;
    private final Configuration configuration;

    private Iterator<Block> following;
    private InputStream in;
    private BlockFile.Reader reader;
    private int left;

    /** Rows of the part that are still to be passed over, and to be given, from here on. */
    private long before;

    private long given;

    PartRows(MatrixBlocks blocks, Part part, Configuration configuration) throws IOException {
        this(blocks, part, Share.ALL, configuration);
    }

    PartRows(MatrixBlocks blocks, Part part, Share share, Configuration configuration) throws IOException {
        this.blocks = blocks;
        this.part = part;
        this.first = share.first(blocks.rows(part));
        this.count = share.count(blocks.rows(part));
        this.configuration = configuration;
        rewind();
    }

    /** How many rows there are. */
    int count() {
        return Math.toIntExact(count);
    }

    /** Goes back to the first row. */
    void rewind() throws IOException {
        close();
        left = 0;
        before = first;
        given = 0;
        following = blocks.blocks().iterator();
    }

    /** Whether a row has another weight than 1; begins anew. */
    boolean areWeighted() throws IOException {
        rewind();
        boolean weighted = false;
        for (MatrixRow row = next(); row != null && !weighted; row = next()) {
            weighted = row.weight != 1f;
        }
        rewind();
        return weighted;
    }

    /** The next row, the same object each time; null after the last. */
    MatrixRow next() throws IOException {
        while (given < count) {
            while (left == 0) {
                open(following.next());
            }
            left--;
            MatrixRow row = reader.next();
            if (part.holds(row.parts) && before-- <= 0) {
                given++;
                return row;
            }
        }
        close();
        return null;
    }

    private void open(Block block) throws IOException {
        close();
        if (block.rows(part) == 0) {
            return;
        }
        if (block.rows(part) <= before) {
            before -= block.rows(part);
            return;
        }
        Path path = new Path(blocks.folder(), block.file());
        in = path.getFileSystem(configuration).open(path);
        reader = new BlockFile.Reader(in, path.toString(), blocks.columns().size(), blocks.grouping() != Grouping.NONE);
        left = block.rows();
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
            in = null;
        }
    }
}
