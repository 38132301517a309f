package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Findings;
import io.trainyard.jobs.config.binding.Overlay;
import io.trainyard.jobs.config.binding.Value;
import io.trainyard.jobs.config.binding.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layers of a file, before any value is read as anything.
 *
 * @param base the file without its targets
 * @param targets the overlays of the section {@code targets}, by name
 */
record Layers(Value.Mapping base, Map<String, Value.Mapping> targets) {
    private static final String TARGETS = "targets";

    /** Takes a file apart; empty when it holds no sections, which is then reported. */
    static Optional<Layers> of(Value file, Findings findings) {
        if (!(file instanceof Value.Mapping root)) {
            findings.problem(file.line(), "", "expected sections such as sources and training, found " + file.shown());
            return Optional.empty();
        }
        Map<String, Value.Mapping> targets = new LinkedHashMap<>();
        if (root.entries().get(TARGETS) instanceof Value.Mapping overlays) {
            overlays.entries().forEach((name, overlay) -> {
                if (overlay instanceof Value.Mapping mapping) {
                    targets.put(name, mapping);
                } else {
                    findings.problem(
                            overlay.line(),
                            TARGETS + "." + name,
                            "expected the keys to overlay, found " + overlay.shown());
                }
            });
        } else if (root.entries().containsKey(TARGETS)) {
            Value found = root.entries().get(TARGETS);
            findings.problem(found.line(), TARGETS, "expected overlays by name, found " + found.shown());
        }
        return Optional.of(new Layers(root.without(TARGETS), targets));
    }

    /** The file under one of its targets and under settings {@code path=value}. */
    Value.Mapping under(Optional<String> target, List<String> sets, Findings findings) {
        Value.Mapping layered = target.map(targets::get)
                .map(overlay -> Overlay.over(base, overlay))
                .orElse(base);
        return sets.stream().flatMap(set -> setting(set, findings).stream()).reduce(layered, Overlay::over);
    }

    private static Optional<Value.Mapping> setting(String set, Findings findings) {
        int equals = set.indexOf('=');
        if (!set.matches("[^=.]+(\\.[^=.]+)*=.*")) {
            findings.problem(0, set, "expected path=value, such as search.trials=10");
            return Optional.empty();
        }
        String path = set.substring(0, equals);
        return YamlReader.argument(path, set.substring(equals + 1), findings)
                .map(value -> Overlay.at(List.of(path.split("\\.")), value));
    }
}
