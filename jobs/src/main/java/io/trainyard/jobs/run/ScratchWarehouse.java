package io.trainyard.jobs.run;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A warehouse of its own inside the staging folder, which executors see too; gone when closed. */
record ScratchWarehouse(Warehouse warehouse, FileSystem files) implements AutoCloseable {
    static ScratchWarehouse within(JobContext context) throws IOException {
        Path root = new Path(context.warehouse().staging(), UUID.randomUUID().toString());
        FileSystem files = root.getFileSystem(context.spark().sessionState().newHadoopConf());
        return new ScratchWarehouse(new Warehouse(root.toString()), files);
    }

    @Override
    public void close() throws IOException {
        files.delete(new Path(warehouse.root()), true);
    }
}
