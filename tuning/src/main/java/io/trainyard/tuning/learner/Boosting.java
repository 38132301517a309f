package io.trainyard.tuning.learner;

import io.trainyard.tuning.matrix.NativeMatrix;
import io.trainyard.tuning.metric.Predictions;
import io.trainyard.tuning.space.Params;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * One configuration of XGBoost, trained in this process round by round, as {@code XGBoost.train} would (the models are
 * byte-identical), but with a hold on every round: the best round is known, and a killed task stops.
 */
public final class Boosting {
    private final TrialSettings settings;
    private final BoosterParameters parameters;
    private final BooleanSupplier cancelled;

    /**
     * @param params the configuration, by XGBoost's names
     * @param threads threads to train with
     * @param cancelled asked before every round; training stops with a {@link CancelledTrainingException} once true
     */
    public Boosting(TrialSettings settings, Params params, int threads, BooleanSupplier cancelled) {
        this.settings = settings;
        this.parameters = BoosterParameters.of(settings, params, threads);
        this.cancelled = cancelled;
    }

    /**
     * A number of rounds, and the study's metrics of the model of just these: the best one among those that were looked at ({@link
     * TrialSettings#watchEvery}), or of a trial that goes on, all so far.
     *
     * @param values NaN where a metric is undefined
     * @param trained how many there were
     */
    public record Judged(List<Double> values, int rounds, int trained) implements Serializable {
        public Judged {
            values = List.copyOf(values);
        }

        /** The first metric's value. */
        public double value() {
            return values.get(0);
        }
    }

    /**
     * Where a trial's training stands between two stretches, which may run in different processes.
     *
     * <p>A booster that stopped draws other columns than one that trained on, whether it goes on in place or is read back: whoever
     * divides a trial must divide it at the same rounds each time, and gets the same model to the last byte.
     *
     * @param model in XGBoost's {@code ubj} format
     * @param round how many were trained
     * @param bestRounds the round of the best value of what early stopping watches, and that value; NaN before the first
     */
    @SuppressWarnings("ArrayRecordComponent") // Megabytes that are written once; equality is never asked.
    public record Checkpoint(byte[] model, int round, int bestRounds, double best) {}

    /**
     * A trial after a stretch of its rounds.
     *
     * @param judged by its best round once it has ended, before by the last one
     * @param checkpoint from which it goes on; empty when it has ended
     */
    public record Stretch(Judged judged, Optional<Checkpoint> checkpoint) {}

    /**
     * Trains until the validation metric has not improved for the patience, and judges the best round. Without patience, trains and
     * judges all rounds.
     */
    public Judged search(NativeMatrix train, NativeMatrix validation) throws XGBoostError {
        return search(train, validation, Optional.empty(), settings.maxRounds()).judged();
    }

    /**
     * As {@link #search(NativeMatrix, NativeMatrix)}, from a checkpoint and up to a round.
     *
     * @param from empty for a trial that begins
     */
    public Stretch search(NativeMatrix train, NativeMatrix validation, Optional<Checkpoint> from, int until)
            throws XGBoostError {
        Scored scored = score(train, validation, from, until);
        Predictions predictions =
                settings.predictions(validation.labels(), scored.scores(), validation.weights(), validation.groups());
        List<Double> values = settings.metrics().stream()
                .map(metric -> metric.of(predictions))
                .toList();
        return new Stretch(new Judged(values, scored.rounds(), scored.trained()), scored.checkpoint());
    }

    /**
     * A trial after a stretch of its rounds, not judged yet.
     *
     * @param scores of the validation rows by the model of so many rounds, row-major
     * @param rounds the best once the trial has ended, before all of them
     * @param checkpoint from which it goes on; empty when it has ended
     */
    @SuppressWarnings("ArrayRecordComponent") // Rows by the million; equality is never asked.
    public record Scored(double[] scores, int rounds, int trained, Optional<Checkpoint> checkpoint) {}

    /**
     * As {@link #search(NativeMatrix, NativeMatrix, Optional, int)}, for someone else to judge: where several processes train one
     * booster, each scores its own share of the validation rows, and all find the same best round.
     */
    public Scored score(NativeMatrix train, NativeMatrix validation, Optional<Checkpoint> from, int until)
            throws XGBoostError {
        moveToGpu(train, validation);
        Booster booster = begin(train, from);
        boolean paused = false;
        try {
            Scored scored = score(booster, train, validation, from, Math.min(until, settings.maxRounds()));
            if (scored.checkpoint().isPresent() && parameters.pausesInPlace()) {
                train.paused().keep(scored.checkpoint().get().model(), parameters.all(), booster);
                paused = true;
            }
            return scored;
        } finally {
            if (!paused) {
                booster.dispose();
            }
        }
    }

    private Booster begin(NativeMatrix train, Optional<Checkpoint> from) throws XGBoostError {
        if (from.isEmpty()) {
            train.paused().makeRoom();
            return start(train);
        }
        Optional<Booster> paused = train.paused().take(from.get().model(), parameters.all());
        return paused.isPresent() ? paused.get() : restored(from.get());
    }

    private Scored score(
            Booster booster, NativeMatrix train, NativeMatrix validation, Optional<Checkpoint> from, int until)
            throws XGBoostError {
        DMatrix[] watched = {validation.matrix()};
        String[] names = {"validation"};
        double best = from.map(Checkpoint::best).orElse(Double.NaN);
        int bestRounds = from.map(Checkpoint::bestRounds).orElse(1);
        int round = from.map(Checkpoint::round).orElse(0);
        Optional<float[][]> scoresOfBest = Optional.empty();
        while (round < until && !outOfPatience(round, bestRounds)) {
            updateOnce(booster, train, round);
            round++;
            if (!parameters.stopsEarly()) {
                bestRounds = round;
            } else if (round % settings.watchEvery() == 0 || round == settings.maxRounds()) {
                double value = valueOf(booster.evalSet(watched, names, round - 1));
                if (Double.isNaN(best) || parameters.isBetter(value, best)) {
                    best = value;
                    bestRounds = round;
                    // At hand, since it was just judged; later, all its trees would have to be summed up again.
                    scoresOfBest = Optional.of(booster.predict(validation.matrix()));
                }
            }
        }
        boolean ended = round == settings.maxRounds() || outOfPatience(round, bestRounds);
        int rounds = ended ? bestRounds : round;
        float[][] scores = rounds == bestRounds && scoresOfBest.isPresent()
                ? scoresOfBest.get()
                : booster.predict(validation.matrix(), false, rounds);
        return new Scored(
                flat(scores, settings.scores()),
                rounds,
                round,
                ended ? Optional.empty() : Optional.of(new Checkpoint(pause(booster), round, bestRounds, best)));
    }

    /**
     * The model, from which a trial goes on here or elsewhere. A booster that is read back makes anew what grows its trees, and draws
     * columns as from the beginning. XGBoost does the same in place once the tree method was another.
     */
    private byte[] pause(Booster booster) throws XGBoostError {
        if (!parameters.pausesInPlace()) {
            return booster.toByteArray("ubj");
        }
        booster.setParam(BoosterParameters.TREE_METHOD, "approx");
        byte[] model = booster.toByteArray("ubj");
        booster.setParam(BoosterParameters.TREE_METHOD, BoosterParameters.HIST);
        return model;
    }

    private boolean outOfPatience(int round, int bestRounds) {
        return parameters.stopsEarly() && round - bestRounds >= settings.patience();
    }

    /** Trains so many rounds, and returns the model in XGBoost's {@code ubj} format with the columns' names. */
    public byte[] fit(NativeMatrix train, int rounds) throws XGBoostError {
        Booster booster = start(train);
        try {
            update(booster, train, rounds);
            FeatureNames.set(booster, train.matrix().getFeatureNames());
            booster.setFeatureTypes(train.matrix().getFeatureTypes());
            return booster.toByteArray("ubj");
        } finally {
            booster.dispose();
        }
    }

    /**
     * Trains so many rounds on some rows, and predicts margins for others: before the sigmoid of two classes, or the softmax of more.
     *
     * @return row-major, as many a row as the task has scores
     */
    public double[] margins(NativeMatrix train, NativeMatrix others, int rounds) throws XGBoostError {
        moveToGpu(train, others);
        Booster booster = start(train);
        try {
            update(booster, train, rounds);
            return flat(booster.predict(others.matrix(), true), settings.scores());
        } finally {
            booster.dispose();
        }
    }

    /** One round of a booster that is thrown away, before trials beside each other use the matrices. */
    private void moveToGpu(NativeMatrix train, NativeMatrix others) throws XGBoostError {
        if (settings.onGpu()) {
            train.movedToGpuBy(() -> others.movedToGpuBy(() -> {
                Booster booster = start(train);
                try {
                    booster.update(train.matrix(), 0);
                    booster.evalSet(new DMatrix[] {others.matrix()}, new String[] {"others"}, 0);
                    booster.predict(others.matrix());
                } finally {
                    booster.dispose();
                }
            }));
        }
    }

    private Booster restored(Checkpoint checkpoint) throws XGBoostError {
        try {
            Booster booster = XGBoost.loadModel(checkpoint.model());
            booster.setParams(parameters.all());
            return booster;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Booster start(NativeMatrix train) throws XGBoostError {
        return XGBoost.train(train.matrix(), parameters.all(), 0, Map.of(), null, null);
    }

    private void update(Booster booster, NativeMatrix train, int rounds) throws XGBoostError {
        for (int round = 0; round < rounds; round++) {
            updateOnce(booster, train, round);
        }
    }

    private void updateOnce(Booster booster, NativeMatrix train, int round) throws XGBoostError {
        if (cancelled.getAsBoolean()) {
            throw new CancelledTrainingException(round);
        }
        booster.update(train.matrix(), round);
    }

    private static double[] flat(float[][] rows, int width) {
        double[] flat = new double[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            for (int score = 0; score < width; score++) {
                flat[row * width + score] = rows[row][score];
            }
        }
        return flat;
    }

    /** XGBoost answers with text such as {@code [7]\tvalidation-auc:0.91}; the overload with numbers loses precision. */
    private static double valueOf(String evaluation) {
        String value = evaluation.substring(evaluation.lastIndexOf(':') + 1).strip();
        return switch (value) {
            case "nan", "-nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(value);
        };
    }
}
