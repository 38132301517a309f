package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.bench.OptunaSamplers.Studied;
import io.trainyard.tuning.sampler.AutoSampler;
import io.trainyard.tuning.sampler.GpSampler;
import io.trainyard.tuning.sampler.RandomSampler;
import io.trainyard.tuning.sampler.TpeSampler;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.Problem;
import io.trainyard.tuning.study.Sampler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How close samplers come to the minimum of known functions.
 *
 * @param seeds studies of each sampler
 * @param gpSeeds studies of Optuna's Gaussian process, which is slow
 * @param workers trials at once in the studies that are asynchronous; 1: there are none
 */
record SamplerQuality(
        List<SearchFunction> functions, int trials, int seeds, int gpSeeds, int workers, OptunaSamplers optuna) {
    private static final String ALONE = "1 at once";
    private static final String OPTUNA_TPE = "Optuna TPE";
    private static final String OPTUNA_GP = "Optuna GP";

    Report measure() throws IOException, InterruptedException {
        Table table = new Table(
                "function",
                "at once",
                "sampler",
                "median regret",
                "beside " + ALONE,
                "beside " + OPTUNA_TPE,
                "beside " + OPTUNA_GP,
                "s a study");
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        boolean tpe = optuna.installed("numpy");
        boolean gp = gpSeeds > 0 && optuna.installed("torch");
        for (SearchFunction function : functions) {
            Map<String, List<Studied>> alone = studies(function, 1, tpe, gp);
            add(table, json, function, 1, alone, alone);
            if (workers > 1) {
                add(table, json, function, workers, studies(function, workers, tpe, gp), alone);
            }
            System.err.println(function.name());
        }
        String title =
                "sampler-quality: %d trials a study, %d seeds (%s %d); regret is the true value above the minimum\n\n"
                        .formatted(trials, seeds, OPTUNA_GP, gpSeeds);
        String missing = (tpe ? "" : "Optuna is not installed: no figure of it\n")
                + (gp || !tpe ? "" : "torch is not installed, or no seed given: no figure of " + OPTUNA_GP + "\n");
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("bench", "sampler-quality");
        document.putObject("settings")
                .put("trials", trials)
                .put("seeds", seeds)
                .put("gp_seeds", gpSeeds)
                .put("workers", workers);
        document.set("results", json);
        return new Report(title + table.text() + missing, document);
    }

    /** By sampler. What 'auto' chooses is measured already: a sampler's studies repeat to the last bit. */
    private Map<String, List<Studied>> studies(SearchFunction function, int parallelism, boolean tpe, boolean gp)
            throws IOException, InterruptedException {
        SimulatedStudy study = new SimulatedStudy(trials, parallelism);
        Map<String, List<Studied>> all = new LinkedHashMap<>();
        for (String name : List.of("random", "tpe", "gp")) {
            all.put(name, ours(function, sampler(name), study));
        }
        String chosen = new AutoSampler(trials, parallelism)
                .choose(new Problem(function.space(), Direction.MINIMIZE, 0))
                .name();
        all.put("auto", all.get(chosen));
        if (tpe) {
            all.put(OPTUNA_TPE, optuna.run("tpe", function.name(), seeds, study));
        }
        if (gp) {
            all.put(OPTUNA_GP, optuna.run("gp", function.name(), gpSeeds, study));
        }
        return all;
    }

    private static Sampler sampler(String name) {
        return switch (name) {
            case "random" -> new RandomSampler();
            case "tpe" -> new TpeSampler();
            default -> new GpSampler();
        };
    }

    /** One after the other, as Optuna's. */
    private List<Studied> ours(SearchFunction function, Sampler sampler, SimulatedStudy study) {
        List<Studied> studies = new ArrayList<>();
        IntStream.range(0, seeds).forEach(seed -> {
            Stopwatch stopwatch = new Stopwatch();
            double regret = study.regret(function, sampler, seed);
            studies.add(new Studied(regret, stopwatch.seconds()));
        });
        return studies;
    }

    /** @param alone the same samplers' studies of one trial at once */
    private static void add(
            Table table,
            ArrayNode json,
            SearchFunction function,
            int parallelism,
            Map<String, List<Studied>> all,
            Map<String, List<Studied>> alone) {
        all.forEach((name, studies) -> {
            Map<String, RegretRatio> ratios = new LinkedHashMap<>();
            if (parallelism > 1) {
                ratios.put(ALONE, ratio(studies, alone.get(name)));
            }
            for (String peer : List.of(OPTUNA_TPE, OPTUNA_GP)) {
                if (all.containsKey(peer) && !name.equals(peer)) {
                    ratios.put(peer, ratio(studies, all.get(peer)));
                }
            }
            double median = RegretRatio.median(regrets(studies));
            double seconds = RegretRatio.median(
                    studies.stream().mapToDouble(Studied::seconds).toArray());
            table.add(
                    function.name(),
                    Integer.toString(parallelism),
                    name,
                    "%.3g".formatted(median),
                    text(ratios.get(ALONE)),
                    text(ratios.get(OPTUNA_TPE)),
                    text(ratios.get(OPTUNA_GP)),
                    "%.3f".formatted(seconds));
            ObjectNode result = json.addObject()
                    .put("function", function.name())
                    .put("at_once", parallelism)
                    .put("sampler", name)
                    .put("median_regret", median)
                    .put("seconds", seconds);
            ObjectNode beside = result.putObject("ratios");
            ratios.forEach((other, ratio) -> beside.putObject(other)
                    .put("ratio", ratio.value())
                    .put("low", ratio.low())
                    .put("high", ratio.high()));
        });
    }

    private static RegretRatio ratio(List<Studied> studies, List<Studied> others) {
        return RegretRatio.of(regrets(studies), regrets(others));
    }

    private static String text(RegretRatio ratio) {
        return ratio == null ? "" : ratio.text();
    }

    private static double[] regrets(List<Studied> studies) {
        return studies.stream().mapToDouble(Studied::regret).toArray();
    }
}
