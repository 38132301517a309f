package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.ShortForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How old data may be. */
@ShortForm(scalar = "limit")
@Description(
        "how old the newest row of a source may be at the logical time before the source is stale; a lone length of time holds for all sources behind the model")
public record FreshnessConfig(
        @Description(
                "for each source behind the model that has an event time, but for those with a limit or a freshness test of their own")
        Optional<Duration> limit,

        @Description("for single sources, by name") @Default("{}")
        Map<String, Duration> sources)
        implements Checked {
    public FreshnessConfig {
        sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    }

    @Override
    public List<Flaw> flaws() {
        List<Flaw> flaws = new ArrayList<>();
        limit.filter(Duration::isZero)
                .ifPresent(zero -> flaws.add(new Flaw("limit", "must be longer than nothing, such as 1 day")));
        sources.forEach((source, length) -> {
            if (length.isZero()) {
                flaws.add(new Flaw("sources." + source, "must be longer than nothing, such as 1 day"));
            }
        });
        return flaws;
    }
}
