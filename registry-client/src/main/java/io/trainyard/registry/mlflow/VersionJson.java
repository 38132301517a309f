package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.registry.JsonText;
import io.trainyard.registry.ModelVersion;
import io.trainyard.registry.bundle.Bundle;
import io.trainyard.registry.bundle.BundleMetadata;
import io.trainyard.registry.bundle.MetadataJson;
import java.time.Instant;
import java.util.Map;

/** The document in a version's tags, format 1. */
final class VersionJson {
    private static final int FORMAT = 1;

    private VersionJson() {}

    static String write(Bundle bundle, Instant at, String actor, String fingerprint, Map<String, String> tags) {
        ObjectNode tree = AnswerJson.object().put("format", FORMAT);
        tree.put("at", at.toString()).put("actor", actor);
        tree.put("digest", bundle.digest()).put("fingerprint", fingerprint);
        MetadataJson.put(tree, "tags", tags);
        MetadataJson.put(
                tree,
                new BundleMetadata(
                        bundle.metadata().lineage(), bundle.metadata().scores()));
        return TagDocument.text(tree);
    }

    /**
     * The version that the document and MLflow make together.
     *
     * @throws io.trainyard.registry.RegistryException when somebody has changed the document into something else
     */
    static StoredVersion read(MlflowVersion version, String document) {
        String what = "the tags of version %d of model '%s'".formatted(version.number(), version.model());
        return JsonText.read(what, document, FORMAT, tree -> stored(version, tree));
    }

    private static StoredVersion stored(MlflowVersion version, JsonNode tree) {
        BundleMetadata metadata = MetadataJson.metadata(tree);
        ModelVersion read = new ModelVersion(
                version.model(),
                version.number(),
                tree.required("digest").asText(),
                version.source(),
                MetadataJson.instant(tree, "at"),
                tree.required("fingerprint").asText(),
                metadata.scores(),
                metadata.lineage(),
                MetadataJson.texts(tree, "tags"));
        return new StoredVersion(
                read,
                tree.required("actor").asText(),
                version.runId(),
                JudgementTags.read(version),
                DiscardTag.read(version));
    }
}
