package io.trainyard.tuning.matrix;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Writes the encoded training set as blocks, one file a partition, from the executors. The driver sees only row counts. */
public final class BlockWriter {
    private final SparkSession spark;

    public BlockWriter(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * The blocks of this fingerprint below {@code root}: those that are there, or newly written ones. A folder counts from the
     * moment its manifest exists; what a killed run left in it is ignored.
     *
     * @param rows the training set, in key order over and within its partitions
     * @param columns names of the encoded columns
     * @param columnTypes {@code q} or {@code c} for each
     * @param grouping whether the encoder sets groups; rows that are to be ranked come in the order of their groups
     */
    public MatrixBlocks write(
            String root,
            String fingerprint,
            Dataset<Row> rows,
            List<String> columns,
            List<String> columnTypes,
            Grouping grouping,
            RowEncoder encoder)
            throws IOException {
        Path folder = new Path(root, fingerprint);
        FileSystem files = folder.getFileSystem(spark.sessionState().newHadoopConf());
        String qualified = files.makeQualified(folder).toString();
        Path manifest = new Path(folder, MatrixBlocksJson.FILE);
        if (files.exists(manifest)) {
            try (FSDataInputStream in = files.open(manifest)) {
                return MatrixBlocksJson.read(qualified, in.readAllBytes());
            }
        }
        Layout layout = new Layout(columns.size(), grouping != Grouping.NONE);
        MatrixBlocks blocks = new MatrixBlocks(
                qualified, fingerprint, columns, columnTypes, grouping, writeFiles(qualified, rows, layout, encoder));
        publish(files, manifest, MatrixBlocksJson.write(blocks));
        return blocks;
    }

    /** Under another name first: a run that is killed in between leaves no half of a manifest. */
    private static void publish(FileSystem files, Path manifest, byte[] content) throws IOException {
        Path draft = manifest.suffix(".draft");
        try (FSDataOutputStream out = files.create(draft, true)) {
            out.write(content);
        }
        if (!files.rename(draft, manifest)) {
            throw new IOException("Cannot rename " + draft + " to " + manifest);
        }
    }

    /** What a row takes in a file. */
    private record Layout(int columns, boolean grouped) implements Serializable {}

    private List<Block> writeFiles(String folder, Dataset<Row> rows, Layout layout, RowEncoder encoder) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<SerializableConfiguration> configuration = context.broadcast(
                new SerializableConfiguration(spark.sessionState().newHadoopConf()));
        context.setJobDescription("matrix blocks");
        try {
            return rows
                    .toJavaRDD()
                    .mapPartitionsWithIndex(
                            (index, partition) -> List.of(
                                            writeFile(folder, index, partition, layout, encoder, configuration.value()))
                                    .iterator(),
                            true)
                    .collect()
                    .stream()
                    .filter(block -> block.rows() > 0)
                    .toList();
        } finally {
            context.setJobDescription(null);
            configuration.destroy();
        }
    }

    private static Block writeFile(
            String folder,
            int index,
            Iterator<Row> rows,
            Layout layout,
            RowEncoder encoder,
            SerializableConfiguration configuration)
            throws IOException {
        // The attempt is part of the name: a second attempt of the task never writes into the file of the first.
        String name = "block-%05d-%d.bin".formatted(index, TaskContext.get().taskAttemptId());
        Path path = new Path(folder, name);
        PartCounts partRows = new PartCounts();
        int count = 0;
        MatrixRow row = new MatrixRow(layout.columns());
        try (OutputStream out = new BufferedOutputStream(
                path.getFileSystem(configuration.value()).create(path, true), 1 << 16)) {
            BlockFile.Writer writer = new BlockFile.Writer(out, layout.columns(), layout.grouped());
            while (rows.hasNext()) {
                encoder.encode(rows.next(), row);
                writer.write(row);
                count++;
                partRows.add(row.parts);
            }
        }
        return new Block(name, count, partRows.byPart());
    }
}
