package io.trainyard.registry.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.registry.JsonNumbers;
import io.trainyard.registry.JsonText;
import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Shown;
import java.util.ArrayList;
import java.util.List;

/** The stored form of a manifest, format 1. */
public final class ManifestJson {
    private static final int FORMAT = 1;

    private ManifestJson() {}

    /** The JSON text: the same for equal manifests. */
    public static String write(Manifest manifest) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
        tree.put("digest", manifest.digest());
        ArrayNode files = tree.putArray("files");
        for (Manifest.Entry file : manifest.files()) {
            files.addObject()
                    .put("path", file.path())
                    .put("bytes", file.bytes())
                    .put("sha256", file.sha256());
        }
        return JsonText.write(tree);
    }

    /**
     * The manifest in {@code text}.
     *
     * @param what names the document in messages
     * @throws RegistryException when it is not one, when a path could lead out of the bundle, or when its digest is not
     *     that of its files
     */
    public static Manifest read(String what, String text) {
        return JsonText.read(what, text, FORMAT, tree -> {
            List<Manifest.Entry> files = new ArrayList<>();
            for (JsonNode file : tree.required("files")) {
                files.add(new Manifest.Entry(
                        file.required("path").asText(),
                        JsonNumbers.whole(file, "bytes"),
                        file.required("sha256").asText()));
            }
            Manifest manifest = new Manifest(files);
            String digest = tree.required("digest").asText();
            if (!digest.equals(manifest.digest())) {
                throw new IllegalArgumentException(
                        "its files have digest %s, and it says %s".formatted(manifest.digest(), Shown.text(digest)));
            }
            return manifest;
        });
    }
}
