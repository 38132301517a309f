package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Findings;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Sources and views of a file as far as they could be read, for checks across sections. */
record Declared(Findings findings) {
    /** Names of all sources, also of broken ones. */
    Set<String> sources() {
        return findings.keys("sources");
    }

    /** Names of all views, also of broken ones. */
    Set<String> views() {
        return findings.keys("views");
    }

    /** A source that could be read. */
    Optional<SourceConfig> source(String name) {
        return findings.value("sources." + name, SourceConfig.class);
    }

    /** A view that could be read and is sound in itself, so that its windows and aggregates are some. */
    Optional<ViewConfig> view(String name) {
        return findings.value("views." + name, ViewConfig.class)
                .filter(view -> view.flaws().isEmpty());
    }

    /** The source or view that a view says its rows come from. */
    Optional<String> parent(String view) {
        return findings.value("views." + view + ".source", String.class);
    }

    /** A view and those that it is based on, up to the one that names a source; ends where a name returns. */
    Set<String> chain(String view) {
        Set<String> chain = new LinkedHashSet<>(Set.of(view));
        Optional<String> next = parent(view);
        while (next.filter(this::isViewAlone).filter(chain::add).isPresent()) {
            next = parent(next.get());
        }
        return chain;
    }

    private boolean isViewAlone(String name) {
        return views().contains(name) && !sources().contains(name);
    }

    /** The name of the source that the rows of a view come from in the end, where that could be read. */
    Optional<String> root(String view) {
        return chain(view).stream()
                .reduce((first, second) -> second)
                .flatMap(this::parent)
                .filter(name -> source(name).isPresent());
    }
}
