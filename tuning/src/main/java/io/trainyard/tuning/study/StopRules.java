package io.trainyard.tuning.study;

import java.util.Optional;

/** Asks a budget's rules, again only when other trials have ended: a rule may take long. Not thread-safe. */
final class StopRules {

    private final StudyDefinition definition;
    /** How many trials had ended when the rules were asked last. */
    private int judged = -1;

    private Optional<String> reason = Optional.empty();

    StopRules(StudyDefinition definition) {
        this.definition = definition;
    }

    boolean none() {
        return definition.budget().rules().isEmpty();
    }

    Optional<String> reason(History history) {
        if (history.finished().size() != judged) {
            judged = history.finished().size();
            reason = definition.budget().rules().stream()
                    .flatMap(rule -> rule.reason(definition.problem(), history).stream())
                    .findFirst();
        }
        return reason;
    }
}
