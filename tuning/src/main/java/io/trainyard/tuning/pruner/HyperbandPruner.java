package io.trainyard.tuning.pruner;

import io.trainyard.tuning.study.Decision;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Pruner;
import io.trainyard.tuning.study.Trial;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Hyperband (Li et al. 2018) with brackets of {@link AshaPruner}, as Optuna has it: a hedge against first rungs that tell too little.
 * Bracket b begins with the rung {@code minResource} · {@code reductionFactor}^b, the last one where hardly anything is pruned; a trial
 * is compared within its bracket. Of B brackets, b gets the share ceil(B · reductionFactor^s / (s + 1)) of the trials, s = B - 1 - b,
 * so that each costs about the same.
 *
 * <p>Which bracket a trial is in depends only on the study's seed and its number.
 *
 * @param reductionFactor between the steps of one rung and the next
 * @param minResource the first rung of the first bracket, in steps
 */
public record HyperbandPruner(int reductionFactor, int minResource) implements Pruner {

    public HyperbandPruner {
        new AshaPruner(reductionFactor, minResource);
    }

    public HyperbandPruner() {
        this(3, 1);
    }

    @Override
    public Decision decide(Problem problem, Trial trial, History history) {
        int bracket = bracket(problem, trial.number());
        return asha(bracket)
                .decide(
                        problem,
                        trial,
                        new History(
                                inBracket(problem, bracket, history.finished()),
                                inBracket(problem, bracket, history.pending())));
    }

    @Override
    public int nextStep(Problem problem, Trial trial) {
        return asha(bracket(problem, trial.number())).nextStep(problem, trial);
    }

    @Override
    public boolean pauses() {
        return true;
    }

    @Override
    public Object line(Problem problem, Trial trial) {
        return List.of(bracket(problem, trial.number()), trial.step());
    }

    /** The bracket of a trial, from 0. */
    int bracket(Problem problem, int number) {
        int brackets = brackets(problem);
        long all = 0;
        for (int bracket = 0; bracket < brackets; bracket++) {
            all += share(bracket, brackets);
        }
        long place = hash(problem.seed(), number) % all;
        int bracket = 0;
        while (place >= share(bracket, brackets)) {
            place -= share(bracket, brackets);
            bracket++;
        }
        return bracket;
    }

    /** How many brackets have their first rung within a full trial. */
    int brackets(Problem problem) {
        int brackets = 1;
        for (long rung = (long) minResource * reductionFactor;
                rung <= problem.fidelity().steps();
                rung *= reductionFactor) {
            brackets++;
        }
        return brackets;
    }

    /** In proportion to how many trials a bracket gets. */
    long share(int bracket, int brackets) {
        int halvings = brackets - 1 - bracket;
        return (brackets * power(halvings) + halvings) / (halvings + 1);
    }

    private List<Trial> inBracket(Problem problem, int bracket, List<Trial> trials) {
        return trials.stream()
                .filter(trial -> bracket(problem, trial.number()) == bracket)
                .toList();
    }

    private AshaPruner asha(int bracket) {
        return new AshaPruner(reductionFactor, (int) (minResource * power(bracket)));
    }

    private long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= reductionFactor;
        }
        return power;
    }

    private static long hash(long seed, int number) {
        CRC32 hash = new CRC32();
        hash.update((seed + "_" + number).getBytes(StandardCharsets.US_ASCII));
        return hash.getValue();
    }
}
