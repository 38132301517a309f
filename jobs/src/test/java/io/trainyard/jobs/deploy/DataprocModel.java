package io.trainyard.jobs.deploy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Holds JSON to Dataproc's own messages, as Google publishes them for Java. They come with a protobuf that Spark's would not bear, so that they are
 * loaded beside the class path.
 */
final class DataprocModel {
    private static final Path JARS = Path.of(System.getProperty("trainyard.root"), "jobs/target/models/dataproc");

    private DataprocModel() {}

    /** What the parser of a batch says of it; empty when it understands all. */
    static String problem(String json) throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader())) {
            Object batch = loader.loadClass("com.google.cloud.dataproc.v1.Batch")
                    .getMethod("newBuilder")
                    .invoke(null);
            Object parser = loader.loadClass("com.google.protobuf.util.JsonFormat")
                    .getMethod("parser")
                    .invoke(null);
            parser.getClass()
                    .getMethod("merge", String.class, loader.loadClass("com.google.protobuf.Message$Builder"))
                    .invoke(parser, json, batch);
            return "";
        } catch (InvocationTargetException wrong) {
            return String.valueOf(wrong.getCause().getMessage());
        }
    }

    private static URL[] jars() {
        return Arrays.stream(JARS.toFile().listFiles()).map(DataprocModel::url).toArray(URL[]::new);
    }

    private static URL url(File jar) {
        try {
            return jar.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
