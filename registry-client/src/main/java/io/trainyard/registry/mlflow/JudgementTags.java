package io.trainyard.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.registry.GateDecision;
import io.trainyard.registry.GateDecisionJson;
import io.trainyard.registry.JsonText;
import io.trainyard.registry.Names;
import io.trainyard.registry.Sha256;
import io.trainyard.registry.bundle.MetadataJson;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What gates have said of a version, in tags of it, format 1. The name of each document is the digest of what it says, so that nothing is
 * kept twice and no two are mixed up; its first part is written last, so that none is read in part.
 */
final class JudgementTags {
    private static final int FORMAT = 1;
    private static final int DIGITS = 16;
    private static final String KEY = "trainyard.judged.";
    private static final Pattern FIRST = Pattern.compile(Pattern.quote(KEY) + "([0-9a-f]{%d})\\.0".formatted(DIGITS));

    private JudgementTags() {}

    /** A decision about an alias. */
    record Judgement(Instant at, String actor, String alias, GateDecision decision) {
        /** The tags to set, one after the other. */
        List<TagDocument.Part> parts() {
            ObjectNode said = GateDecisionJson.put(AnswerJson.object().put("alias", alias), decision);
            ObjectNode tree = AnswerJson.object().put("format", FORMAT);
            tree.put("at", at.toString()).put("actor", actor).setAll(said);
            String name = Sha256.of(TagDocument.text(said)).substring(0, DIGITS);
            List<TagDocument.Part> parts = TagDocument.parts(KEY + name + ".", TagDocument.text(tree));
            Collections.reverse(parts);
            return parts;
        }

        boolean says(String about, GateDecision decided) {
            return alias.equals(about) && decision.equals(decided);
        }
    }

    /** Those of a version, in the order in which they came. */
    static List<Judgement> read(MlflowVersion version) {
        return version.tags().keySet().stream()
                .map(FIRST::matcher)
                .filter(Matcher::matches)
                .map(first -> TagDocument.read(version.tags(), KEY + first.group(1) + "."))
                .flatMap(Optional::stream)
                .map(document -> JsonText.read(
                        "what gates said of version %d of model '%s'".formatted(version.number(), version.model()),
                        document,
                        FORMAT,
                        JudgementTags::judgement))
                .sorted(Comparator.comparing(Judgement::at))
                .toList();
    }

    private static Judgement judgement(JsonNode tree) {
        return new Judgement(
                MetadataJson.instant(tree, "at"),
                tree.required("actor").asText(),
                Names.alias(tree.required("alias").asText()),
                GateDecisionJson.read(tree));
    }
}
