package io.trainyard.tuning.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.tuning.space.FloatParameter;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.space.SearchSpace;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import io.trainyard.tuning.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpSamplerTest extends SamplerContract {

    private static final SearchSpace SQUARE =
            SearchSpace.of(FloatParameter.uniform("x", -1, 1), FloatParameter.log("y", 0.001, 1));

    @Override
    Sampler sampler() {
        return new GpSampler();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsTheMinimumOfASmoothFunctionInThirtyTrials(long seed) {
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < 30; number++) {
            trials.add(ended(number, suggest(new History(trials, List.of()), seed, number)));
        }

        assertThat(new History(trials, List.of())
                        .best(Direction.MINIMIZE)
                        .orElseThrow()
                        .value()
                        .getAsDouble())
                .isLessThan(1e-3);
    }

    @Test
    void pendingTrialsAreWorthNoSecondTry() {
        List<Trial> finished = IntStream.range(0, 10)
                .mapToObj(number -> ended(number, new SobolSampler().suggest(problem(1), History.empty(), number)))
                .toList();
        Params alone = suggest(new History(finished, List.of()), 1, 10);
        Params crowded = suggest(new History(finished, List.of(pending(10, alone))), 1, 10);

        assertThat(Math.abs(crowded.number("x") - alone.number("x"))
                        + Math.abs(Math.log10(crowded.number("y") / alone.number("y"))))
                .isGreaterThan(0.01);
    }

    private Params suggest(History history, long seed, int number) {
        return sampler().suggest(problem(seed), history, number);
    }

    private static Problem problem(long seed) {
        return new Problem(SQUARE, Direction.MINIMIZE, seed);
    }

    private static Trial ended(int number, Params params) {
        double x = params.number("x") - 0.3;
        double y = Math.log10(params.number("y")) + 2;
        return finished(number, params, new Outcome.Complete(x * x + y * y));
    }

    @Test
    void kernelsKeepTheirPromises() {
        double[][] points = {{0.1, 0.2}, {0.4, 0.9}, {0.8, 0.3}, {0.6, 0.6}};
        double[] values = {-1, 0.5, 1, -0.5};
        boolean[] numbers = new boolean[2];
        GaussianProcess process =
                GaussianProcess.of(points, numbers, values, new KernelFit(points, numbers, values).fit());

        double[] point = {0.45, 0.5};
        double[] slopes = new double[2];
        LogExpectedImprovement improvement = new LogExpectedImprovement(process, 1.2);
        improvement.at(point, slopes);
        for (int d = 0; d < 2; d++) {
            double[] above = point.clone();
            double[] below = point.clone();
            above[d] += 1e-5;
            below[d] -= 1e-5;
            assertThat(slopes[d]).isCloseTo((improvement.at(above) - improvement.at(below)) / 2e-5, within(1e-4));
        }
        assertThat(process.at(points[2]).variance())
                .isLessThan(process.at(point).variance());
    }

    @Test
    void anImprovementCountsLessWhereAValueWouldBeNoise() {
        double[][] points = {{0.2}, {0.2}, {0.2}, {0.9}};
        double[] values = {1.2, 0.4, 1.1, -1};
        boolean[] numbers = new boolean[1];
        GaussianProcess process =
                GaussianProcess.of(points, numbers, values, new KernelFit(points, numbers, values).fit());

        for (double[] point : new double[][] {{0.2}, {0.5}}) {
            GaussianProcess.Posterior posterior = process.at(point);
            double deviation = Math.sqrt(posterior.variance());
            double expected = LogExpectedImprovement.logImprovement((posterior.mean() - 1) / deviation)
                    + Math.log(deviation)
                    + Math.log(1 - Math.sqrt(process.noise() / (posterior.variance() + process.noise())));
            assertThat(new LogExpectedImprovement(process, 1).at(point)).isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void theFitFollowsItsGradient() {
        double[][] points = new double[20][];
        double[] values = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {(i * 7 % 20) / 20.0, i % 3, (i * 3 % 20) / 20.0};
            values[i] = Math.sin(5 * points[i][0]) + points[i][2] - i % 3;
        }
        KernelFit fit = new KernelFit(points, new boolean[] {false, true, false}, values);
        double[] logs = {0.3, -0.2, 0.5, 0.1, -3, 0.2, 0, -0.3, 0.4, 0, 0.1};
        double[] gradient = new double[logs.length];
        fit.loss(logs, gradient);

        for (int i = 0; i < logs.length; i++) {
            double[] above = logs.clone();
            double[] below = logs.clone();
            above[i] += 1e-5;
            below[i] -= 1e-5;
            double[] ignored = new double[logs.length];
            assertThat(gradient[i])
                    .as("variable %d", i)
                    .isCloseTo((fit.loss(above, ignored) - fit.loss(below, ignored)) / 2e-5, within(1e-4));
        }
    }

    /** All that happens, happens below 0.1: half of the warped line is for it. */
    @Test
    void theFitStretchesWhereValuesChange() {
        double[][] points = new double[40][];
        double[] values = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {(i + 0.5) / points.length};
            values[i] = Math.sin(4 * Math.log(points[i][0]));
        }

        Warping warping = new KernelFit(points, new boolean[1], values).fit().warping();

        assertThat(warping.at(0, Warping.log(0.1))).isGreaterThan(0.3);
        assertThat(warping.at(0, Warping.log(0))).isLessThan(warping.at(0, Warping.log(0.01)));
        assertThat(warping.at(0, Warping.log(0.999))).isLessThanOrEqualTo(1);
    }
}
