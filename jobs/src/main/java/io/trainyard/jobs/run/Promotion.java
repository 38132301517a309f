package io.trainyard.jobs.run;

import io.trainyard.registry.Event;
import io.trainyard.registry.Gate;
import io.trainyard.registry.GateDecision;
import io.trainyard.registry.Gates;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelVersion;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Decides by the pipeline's gates whether a new version takes over the alias, and moves it. */
public final class Promotion {
    private final JobContext context;
    private final String model;
    private final String alias;

    Promotion(JobContext context) {
        this.context = context;
        this.model = context.pipeline().modelName();
        this.alias = context.pipeline().register().alias();
    }

    /**
     * How the alias was decided.
     *
     * @param alias the alias that points to the version, empty if it points elsewhere
     * @param reasons one line for each gate
     */
    public record Result(Optional<String> alias, List<String> reasons) {}

    /** Moves the alias only if it still points where the decision saw it. */
    Result promote(ModelVersion version, Learning learning) throws IOException {
        int current = context.registry()
                .byAlias(model, alias)
                .map(ModelVersion::number)
                .orElse(ModelRegistry.NO_VERSION);
        if (current == version.number()) {
            context.console().say("nothing to promote: %s is version %d already".formatted(alias, current));
            return new Result(Optional.of(alias), List.of());
        }
        if (version.number() < current) {
            context.console()
                    .say("version %d is older than %s, version %d: not promoted"
                            .formatted(version.number(), alias, current));
            return new Result(Optional.empty(), List.of("older than " + alias));
        }
        if (heldBefore(version)) {
            return keep(
                    List.of("version %d held %s before, and was replaced; promote it by hand: trainyard models promote"
                            .formatted(version.number(), alias)));
        }
        List<Gate> gates = Declarations.gates(
                context.pipeline().register(),
                learning.settings().metric(),
                learning.settings().shape());
        GateDecision decision = Gates.decide(gates, new GateMeasurement(context, learning).of(version, gates));
        if (!gates.isEmpty()) {
            context.registry().judge(model, alias, version.number(), decision);
        }
        if (!decision.passed()) {
            return keep(decision.reasons());
        }
        decision.reasons().forEach(context.console()::say);
        String reason = decision.reasons().isEmpty() ? "no gates declared" : String.join("; ", decision.reasons());
        context.registry().promote(model, alias, version.number(), current, reason);
        context.console().say("%s is now version %d".formatted(alias, version.number()));
        return new Result(Optional.of(alias), decision.reasons());
    }

    /** A version that held the alias and does no more was rolled back, or overtaken: nobody wants that undone by a rerun. */
    private boolean heldBefore(ModelVersion version) {
        return context.registry().history(model).stream()
                .anyMatch(event -> event instanceof Event.Promoted promoted
                        && promoted.alias().equals(alias)
                        && promoted.version() == version.number());
    }

    private Result keep(List<String> reasons) {
        reasons.forEach(context.console()::say);
        context.console().say("not promoted: %s stays where it was".formatted(alias));
        return new Result(Optional.empty(), reasons);
    }
}
