package io.trainyard.jobs.config;

import io.trainyard.features.view.Privacy;
import io.trainyard.jobs.config.binding.Findings;
import io.trainyard.jobs.config.binding.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What has to fit between views and the sources that their rows come from. */
final class ViewChecks {
    private final Findings findings;
    private final Declared declared;

    ViewChecks(Findings findings) {
        this.findings = findings;
        this.declared = new Declared(findings);
    }

    void run() {
        Set<String> cyclic = new HashSet<>();
        for (String view : declared.views()) {
            namesAreDistinct(view);
            rowsComeFromSomewhere(view);
            viewsDoNotGoRound(view, cyclic);
            declared.root(view).ifPresent(source -> fitsItsSource(view, source));
        }
        declared.sources().forEach(source -> referencesAreDeclared("sources." + source));
        declared.views().forEach(view -> referencesAreDeclared("views." + view));
    }

    private void namesAreDistinct(String view) {
        if (declared.sources().stream().anyMatch(view::equalsIgnoreCase)) {
            findings.problem("views." + view, "is the name of a source too: name the view after its entity");
        }
        declared.views().stream()
                .takeWhile(other -> !other.equals(view))
                .filter(view::equalsIgnoreCase)
                .findFirst()
                .ifPresent(other -> findings.problem(
                        "views." + view,
                        "differs from view '%s' in letter case alone, which tables and columns do not tell apart: rename one"
                                .formatted(other)));
    }

    private void rowsComeFromSomewhere(String view) {
        Set<String> known = new HashSet<>(declared.sources());
        known.addAll(declared.views());
        declared.parent(view)
                .filter(name -> !known.contains(name))
                .ifPresent(name -> findings.problem(
                        "views." + view + ".source",
                        "'%s' is neither a source nor a view%s"
                                .formatted(name, NearestName.hint(name, sorted(known)))));
    }

    /** Reports a cycle once, at the first of its views. */
    private void viewsDoNotGoRound(String view, Set<String> reported) {
        List<String> chain = new ArrayList<>(declared.chain(view));
        Optional<String> last = declared.parent(chain.get(chain.size() - 1));
        if (last.filter(view::equals).isPresent()
                && !declared.sources().contains(view)
                && chain.stream().noneMatch(reported::contains)) {
            reported.addAll(chain);
            findings.problem(
                    "views." + view + ".source",
                    "comes back to this view (%s → %s): let one of them name a source"
                            .formatted(String.join(" → ", chain), view));
        }
    }

    private void fitsItsSource(String view, String name) {
        SourceConfig source = declared.source(name).orElseThrow();
        if (source.eventTime().isEmpty()) {
            needsNoTime(view, name);
        }
        for (String column : findings.list("views." + view + ".entity", String.class)) {
            source.privacyOf(column)
                    .filter(privacy -> privacy != Privacy.HASH)
                    .ifPresent(privacy -> findings.problem(
                            "views." + view + ".entity",
                            privacy == Privacy.DROP
                                    ? "'%s' is not read, as source '%s' declares it private: hash it there instead of dropping it"
                                            .formatted(column, name)
                                    : "'%s' is masked in source '%s', so that entities cannot be told apart: hash it there instead"
                                            .formatted(column, name)));
        }
        declared.view(view)
                .ifPresent(config -> config.values()
                        .forEach((key, sql) -> source.privacyOf(SqlColumn.of(sql))
                                .filter(Privacy.DROP::equals)
                                .ifPresent(dropped -> findings.problem(
                                        "views." + view + "." + key,
                                        "'%s' is not read, as source '%s' declares it private: remove it, or hash or mask it there"
                                                .formatted(SqlColumn.of(sql), name)))));
    }

    private void needsNoTime(String view, String source) {
        String path = "views." + view;
        String remedy = " to know when a row happened: add 'event_time' to source '" + source + "'";
        if (findings.keys(path).contains("windows")) {
            findings.problem(path + ".windows", "need" + remedy);
        }
        findings.value(path + ".max_age", Duration.class)
                .ifPresent(age -> findings.problem(path + ".max_age", "needs" + remedy));
        findings.value(path + ".delay", Duration.class)
                .filter(delay -> !delay.isZero())
                .ifPresent(delay -> findings.problem(path + ".delay", "needs" + remedy));
        List<TestConfig> tests = findings.list(path + ".tests", TestConfig.class);
        for (int i = 0; i < tests.size(); i++) {
            if (tests.get(i) instanceof TestConfig.Freshness) {
                findings.problem(path + ".tests[" + i + "].freshness", "needs" + remedy);
            }
        }
    }

    private void referencesAreDeclared(String owner) {
        List<TestConfig> tests = findings.list(owner + ".tests", TestConfig.class);
        for (int i = 0; i < tests.size(); i++) {
            if (tests.get(i) instanceof TestConfig.References references
                    && !declared.sources().contains(references.in())) {
                findings.problem(
                        owner + ".tests[" + i + "].in",
                        "source '%s' is not declared%s"
                                .formatted(references.in(), NearestName.hint(references.in(), declared.sources())));
            }
        }
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
