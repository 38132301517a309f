package io.trainyard.jobs.command;

import io.trainyard.jobs.config.PipelineText;
import io.trainyard.jobs.storage.StorageException;
import io.trainyard.jobs.storage.WarehouseStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/**
 * A pipeline file, on whichever machine the driver runs. {@code scripts/submit} ships it as three settings, since not every cluster
 * manager brings a file to a driver: its name as given, the folder where it was, and its text in Base64. No variable in it is
 * expanded by then, so that it holds no secrets.
 */
final class ShippedFile {
    private static final String NAME = "spark.trainyard.pipeline.name";
    private static final String FOLDER = "spark.trainyard.pipeline.folder";
    private static final String TEXT = "spark.trainyard.pipeline.text";

    private static final Pattern URI_OF_STORAGE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

    private ShippedFile() {}

    /**
     * The file that was shipped under this name, else that of this URI, else that of this machine.
     *
     * @throws StorageException if a URI names no file, or a storage that nothing here reads
     * @throws io.trainyard.jobs.config.ConfigurationException if this machine has no such file
     */
    static PipelineText textOf(String name) {
        SparkConf settings = new SparkConf(true);
        if (settings.get(NAME, "").equals(name)) {
            byte[] text = Base64.getDecoder().decode(settings.get(TEXT));
            return new PipelineText(name, settings.get(FOLDER), new String(text, StandardCharsets.UTF_8));
        }
        if (!URI_OF_STORAGE.matcher(name).matches()) {
            return PipelineText.of(Path.of(name));
        }
        if (name.startsWith("file:")) {
            return PipelineText.of(Path.of(URI.create(name)));
        }
        try {
            String text = WarehouseStorage.ofProcess().text(name);
            return new PipelineText(name, name.substring(0, name.lastIndexOf('/')), text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }
}
