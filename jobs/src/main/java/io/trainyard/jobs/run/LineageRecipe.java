package io.trainyard.jobs.run;

import io.trainyard.registry.Lineage;
import io.trainyard.tuning.ensemble.Candidate;
import io.trainyard.tuning.ensemble.PlattScaling;
import io.trainyard.tuning.learner.Learner;
import io.trainyard.tuning.learner.LearnerSpace;
import io.trainyard.tuning.space.Params;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads back what {@link ModelRecipe#parameters} wrote into a model's lineage. A calibration beside the booster is in the bundle alone. */
final class LineageRecipe {
    private static final Pattern OF_MEMBER = Pattern.compile("trial_(\\d{1,9})\\.(.+)");
    private static final Set<String> OWN = Set.of("rounds", "weight");
    private static final String SLOPE = "calibration.slope";
    private static final String INTERCEPT = "calibration.intercept";

    private final Lineage lineage;
    private final Learner learner;

    private LineageRecipe(Lineage lineage, Learner learner) {
        this.lineage = lineage;
        this.learner = learner;
    }

    /** @throws JobException if the lineage names no learner of ours, or a number of it cannot be read */
    static ModelRecipe of(Lineage lineage) {
        Learner learner = Learner.named(lineage.learner())
                .orElseThrow(() -> new JobException("Cannot fit again what '%s' learnt: it is none of the learners %s"
                        .formatted(
                                lineage.learner(),
                                Learner.all().stream().map(Learner::name).toList())));
        try {
            return new LineageRecipe(lineage, learner).recipe();
        } catch (IllegalArgumentException unreadable) {
            throw new JobException(
                    "Cannot read the parameters %s of the lineage: %s"
                            .formatted(lineage.params(), unreadable.getMessage()),
                    unreadable);
        }
    }

    /** Whether the order of an ensemble's members is known, on which the order of its trees hangs. */
    static boolean knowsOrder(Lineage lineage) {
        return lineage.params().containsKey(ModelRecipe.MEMBERS)
                || lineage.params().keySet().stream()
                        .noneMatch(name -> OF_MEMBER.matcher(name).matches());
    }

    private ModelRecipe recipe() {
        Map<String, String> alone = new TreeMap<>(lineage.params());
        alone.remove(ModelRecipe.MEMBERS);
        alone.remove(ModelRecipe.CALIBRATION);
        Optional<PlattScaling> scaling = scaling(alone);
        Map<Integer, Map<String, String>> members = membersOf(alone);
        if (members.isEmpty()) {
            return new ModelRecipe(
                    learner,
                    List.of(new ModelRecipe.Member(candidate(lineage.trial(), alone), 1)),
                    scaling,
                    Optional.empty());
        }
        List<ModelRecipe.Member> ordered = new ArrayList<>();
        for (int trial : order(members.keySet())) {
            Map<String, String> own = members.get(trial);
            if (own == null || !own.containsKey("weight")) {
                throw new IllegalArgumentException("trial %d has no weight".formatted(trial));
            }
            ordered.add(new ModelRecipe.Member(candidate(trial, own), Double.parseDouble(own.get("weight"))));
        }
        return new ModelRecipe(learner, ordered, scaling, Optional.empty());
    }

    /** Takes the scaling out of the parameters. */
    private static Optional<PlattScaling> scaling(Map<String, String> params) {
        Optional<String> slope = Optional.ofNullable(params.remove(SLOPE));
        Optional<String> intercept = Optional.ofNullable(params.remove(INTERCEPT));
        return slope.map(
                value -> new PlattScaling(Double.parseDouble(value), Double.parseDouble(intercept.orElse("0"))));
    }

    private static Map<Integer, Map<String, String>> membersOf(Map<String, String> params) {
        Map<Integer, Map<String, String>> members = new HashMap<>();
        params.forEach((name, value) -> {
            Matcher matcher = OF_MEMBER.matcher(name);
            if (matcher.matches()) {
                members.computeIfAbsent(Integer.valueOf(matcher.group(1)), trial -> new TreeMap<>())
                        .put(matcher.group(2), value);
            }
        });
        return members;
    }

    private List<Integer> order(Set<Integer> trials) {
        Optional<String> order = Optional.ofNullable(lineage.params().get(ModelRecipe.MEMBERS));
        return order.map(text ->
                        List.of(text.split(" ")).stream().map(Integer::valueOf).toList())
                .orElseGet(() -> List.copyOf(new TreeSet<>(trials)));
    }

    /** The learner's parameters become numbers again in the same way as those of a trial. */
    private Candidate candidate(int trial, Map<String, String> texts) {
        Map<String, Object> prefixed = new HashMap<>();
        prefixed.put("learner", learner.name());
        texts.forEach((name, value) -> {
            if (!OWN.contains(name)) {
                prefixed.put(learner.name() + "." + name, value);
            }
        });
        int rounds = Integer.parseInt(texts.getOrDefault("rounds", "0"));
        return new Candidate(trial, LearnerSpace.own(Params.of(prefixed)), rounds);
    }
}
