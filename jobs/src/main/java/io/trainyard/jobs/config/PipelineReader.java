package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Findings;
import io.trainyard.jobs.config.binding.NearestName;
import io.trainyard.jobs.config.binding.Problem;
import io.trainyard.jobs.config.binding.RecordBinder;
import io.trainyard.jobs.config.binding.Value;
import io.trainyard.jobs.config.binding.Variables;
import io.trainyard.jobs.config.binding.YamlReader;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** From the text of a file to its pipeline, collecting the problems of every layer on the way. */
final class PipelineReader {
    private final String folder;
    private final Map<String, String> environment;
    private final Set<Problem> problems;

    /** @param folder where relative paths start: an absolute path, or a URI */
    PipelineReader(String folder, Map<String, String> environment, Set<Problem> problems) {
        this.folder = folder;
        this.environment = environment;
        this.problems = problems;
    }

    /** The pipeline under a target and settings; where it is empty there are problems. */
    Optional<Pipeline> read(String text, Optional<String> target, List<String> sets) {
        Findings findings = new Findings();
        Optional<Layers> layers = YamlReader.file(text, findings).flatMap(root -> Layers.of(root, findings));
        Optional<Pipeline> pipeline = layers.flatMap(all -> {
            checkKnown(target, all.targets().keySet());
            checkOtherTargets(all, target);
            Value layered = all.under(target, sets, findings);
            return bind(new Variables(environment, findings).expand(layered), findings);
        });
        problems.addAll(findings.problems());
        return pipeline;
    }

    private Optional<Pipeline> bind(Value expanded, Findings findings) {
        Optional<Pipeline> pipeline = new RecordBinder(zone(expanded), folder, findings).bind(expanded, Pipeline.class);
        PipelineChecks.run(findings);
        return pipeline;
    }

    private void checkKnown(Optional<String> target, Set<String> known) {
        target.filter(name -> !known.contains(name))
                .ifPresent(name -> problems.add(new Problem(
                        0, "--target", "target '" + name + "' is not declared" + NearestName.hint(name, known))));
    }

    /**
     * A mistake in a target should not wait for the day it is chosen. Only what stands on the target's own lines counts: what
     * the file lacks without the chosen target is no problem of this run, nor are variables that only another run sets.
     */
    private void checkOtherTargets(Layers layers, Optional<String> chosen) {
        layers.targets().forEach((name, overlay) -> {
            if (!chosen.equals(Optional.of(name))) {
                Findings findings = new Findings();
                Value layered = layers.under(Optional.of(name), List.of(), findings);
                bind(new Variables(environment, new Findings()).expand(layered), findings);
                Set<Integer> own = overlay.lines();
                findings.problems().stream()
                        .filter(problem -> own.contains(problem.line()))
                        .forEach(problems::add);
            }
        });
    }

    /** The zone is needed to read the rest; a wrong one is reported when its own key is read. */
    private static ZoneId zone(Value file) {
        return file instanceof Value.Mapping root && root.entries().get("timezone") instanceof Value.Scalar name
                ? name.text().flatMap(RecordBinder::zone).orElse(ZoneOffset.UTC)
                : ZoneOffset.UTC;
    }
}
