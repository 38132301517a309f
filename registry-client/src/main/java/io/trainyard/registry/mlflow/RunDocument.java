package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import io.trainyard.registry.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A version's document in its run, written once: in tags that its digest names, and that digest in a parameter, which never changes once it
 * is there. So of several who write it at once one is chosen, as a whole, and a tag that is changed later is noticed.
 */
final class RunDocument {
    /** The parameter with the digest. */
    static final String PARAM = "trainyard.version";

    private static final int DIGITS = 16;

    private RunDocument() {}

    /** Without effect when the run has a document already. */
    static void write(Runs runs, String run, String document) {
        String digest = Sha256.of(document);
        Map<String, String> tags = new TreeMap<>();
        TagDocument.parts(name(digest), document).forEach(part -> tags.put(part.key(), part.value()));
        runs.log(run, List.of(), Map.of(), tags);
        try {
            runs.log(run, List.of(), Map.of(PARAM, digest), Map.of());
        } catch (MlflowException e) {
            // Perhaps another one was first; the run knows.
            if (runs.find(run).filter(RunDocument::isIn).isEmpty()) {
                throw e;
            }
        }
    }

    static boolean isIn(Run run) {
        return run.params().containsKey(PARAM);
    }

    /** @throws RegistryException when a tag was changed, or taken away, since */
    static Optional<String> read(Run run) {
        return Optional.ofNullable(run.params().get(PARAM)).map(digest -> read(run, digest));
    }

    private static String read(Run run, String digest) {
        return TagDocument.read(run.tags(), name(digest))
                .filter(document -> Sha256.of(document).equals(digest))
                .orElseThrow(() -> new RegistryException(
                        "Cannot read the version of run %s: the tags that begin with '%s' were changed; restore them, or delete the version"
                                .formatted(run.id(), name(digest))));
    }

    private static String name(String digest) {
        return "%s.%s.".formatted(PARAM, digest.substring(0, Math.min(DIGITS, digest.length())));
    }
}
