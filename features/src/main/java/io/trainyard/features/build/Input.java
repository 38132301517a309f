package io.trainyard.features.build;

import io.trainyard.features.source.SourceSnapshot;
import java.util.OptionalLong;

/**
 * A source as it was when a training set was made of it.
 *
 * @param source its name in the pipeline
 * @param uri where its rows are; a query's text for a query
 * @param version Delta's version, where it is a Delta table
 * @param fingerprint hash over its state
 */
public record Input(String source, String uri, OptionalLong version, String fingerprint) {

    static Input of(SourceSnapshot snapshot) {
        var fingerprint = snapshot.fingerprint();
        return new Input(snapshot.source().name(), fingerprint.uri(), fingerprint.version(), fingerprint.hash());
    }
}
