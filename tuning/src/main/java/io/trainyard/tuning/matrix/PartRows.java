package io.trainyard.tuning.matrix;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Streams the rows of one part from the warehouse, in key order; from the beginning as often as wanted. */
final class PartRows implements AutoCloseable {
    private final MatrixBlocks blocks;
    private final Part part;
    private final Configuration configuration;

    private Iterator<Block> following;
    private InputStream in;
    private BlockFile.Reader reader;
    private int left;

    PartRows(MatrixBlocks blocks, Part part, Configuration configuration) {
        this.blocks = blocks;
        this.part = part;
        this.configuration = configuration;
        this.following = blocks.blocks().iterator();
    }

    /** Goes back to the first row. */
    void rewind() throws IOException {
        close();
        left = 0;
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
        while (true) {
            while (left == 0) {
                if (!following.hasNext()) {
                    close();
                    return null;
                }
                open(following.next());
            }
            left--;
            MatrixRow row = reader.next();
            if (part.holds(row.parts)) {
                return row;
            }
        }
    }

    private void open(Block block) throws IOException {
        close();
        if (block.rows(part) == 0) {
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
