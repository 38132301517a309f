package io.trainyard.features.build;

import io.trainyard.features.source.SourceReader;
import io.trainyard.features.source.SourceSnapshot;
import io.trainyard.features.view.Source;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The sources of one build, each opened once, as of one moment. */
final class OpenSources {

    private final SourceReader reader;
    private final Optional<Instant> asOf;
    private final Map<Source, TimedRows> opened = new LinkedHashMap<>();

    OpenSources(SourceReader reader, Optional<Instant> asOf) {
        this.reader = reader;
        this.asOf = asOf;
    }

    Optional<Instant> asOf() {
        return asOf;
    }

    TimedRows open(Source source) {
        TimedRows known = opened.get(source);
        if (known == null) {
            known = TimedRows.of(reader.snapshot(source), asOf);
            opened.put(source, known);
        }
        return known;
    }

    /** @throws io.trainyard.features.source.SourceException if what was read is not any more what it was when it was opened */
    void requireUnchanged() {
        opened.values().stream().map(TimedRows::snapshot).forEach(SourceSnapshot::requireUnchanged);
    }
}
