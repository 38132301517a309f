package io.trainyard.features.version;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a commit of ours carries as Delta's user metadata: {@code {"trainyard": 1, "fingerprint": …, "schema": …, "rows_before": …,
 * "facts": {…}}}.
 *
 * @param rowsBefore how many rows of the version before are part of this one too; left out of the JSON where there are none
 */
record CommitMetadata(String fingerprint, String schemaFingerprint, long rowsBefore, String facts) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT = 1;

    String toJson() {
        try {
            ObjectNode root = JSON.createObjectNode()
                    .put("trainyard", FORMAT)
                    .put("fingerprint", fingerprint)
                    .put("schema", schemaFingerprint);
            if (rowsBefore > 0) {
                root.put("rows_before", rowsBefore);
            }
            return root.set("facts", JSON.readTree(facts)).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Facts must be JSON, but they are: " + facts, e);
        }
    }

    /** Reads it back; empty for what another writer noted, or for a format that is not known here. */
    static Optional<CommitMetadata> ofJson(String userMetadata) {
        JsonNode root;
        try {
            root = JSON.readTree(userMetadata);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (root.path("trainyard").asInt() != FORMAT) {
            return Optional.empty();
        }
        return Optional.of(new CommitMetadata(
                root.path("fingerprint").asText(),
                root.path("schema").asText(),
                root.path("rows_before").asLong(),
                root.path("facts").toString()));
    }
}
