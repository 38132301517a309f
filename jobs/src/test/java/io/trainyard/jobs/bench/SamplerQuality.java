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
    private static final String OPTUNA_TPE = "Optuna TPE";
    private static final String OPTUNA_GP = "Optuna GP";

    Report measure() throws IOException, InterruptedException {
        Table table = new Table(
                "function", "sampler", "median regret", "beside " + OPTUNA_TPE, "beside " + OPTUNA_GP, "s a study");
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        boolean tpe = optuna.installed("numpy");
        boolean gp = gpSeeds > 0 && optuna.installed("torch");
        for (SearchFunction function : functions) {
            Map<String, List<Studied>> peers = new LinkedHashMap<>();
            if (tpe) {
                peers.put(OPTUNA_TPE, optuna.run("tpe", function.name(), seeds, trials));
            }
            if (gp) {
                peers.put(OPTUNA_GP, optuna.run("gp", function.name(), gpSeeds, trials));
            }
            Map<String, List<Studied>> all = new LinkedHashMap<>();
            addOurs(all, function, 1, "");
            if (workers > 1) {
                addOurs(all, function, workers, ", %d at once".formatted(workers));
            }
            all.putAll(peers);
            all.forEach((name, studies) -> add(table, json, function, name, studies, peers));
            System.err.println(function.name());
        }
        String title =
                "sampler-quality: %d trials a study, %d seeds (%s %d); regret is the true value above the minimum\n\n"
                        .formatted(trials, seeds, OPTUNA_GP, gpSeeds);
        String missing = (tpe ? "" : "Optuna is not installed: no figure of it\n")
                + (gp || !tpe ? "" : "torch is not installed, or no seed given: no figure of " + OPTUNA_GP + "\n");
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("bench", "sampler-quality");
        document.putObject("settings").put("trials", trials).put("seeds", seeds).put("gp_seeds", gpSeeds);
        document.set("results", json);
        return new Report(title + table.text() + missing, document);
    }

    /** What 'auto' chooses is measured already: a sampler's studies repeat to the last bit. */
    private void addOurs(Map<String, List<Studied>> all, SearchFunction function, int parallelism, String suffix) {
        for (String name : List.of("random", "tpe", "gp")) {
            all.put(name + suffix, ours(function, sampler(name), parallelism));
        }
        String chosen = new AutoSampler(trials, parallelism)
                .choose(new Problem(function.space(), Direction.MINIMIZE, 0))
                .name();
        all.put("auto" + suffix, all.get(chosen + suffix));
    }

    private static Sampler sampler(String name) {
        return switch (name) {
            case "random" -> new RandomSampler();
            case "tpe" -> new TpeSampler();
            default -> new GpSampler();
        };
    }

    /** One after the other, as Optuna's. */
    private List<Studied> ours(SearchFunction function, Sampler sampler, int parallelism) {
        SimulatedStudy study = new SimulatedStudy(trials, parallelism);
        List<Studied> studies = new ArrayList<>();
        IntStream.range(0, seeds).forEach(seed -> {
            Stopwatch stopwatch = new Stopwatch();
            double regret = study.regret(function, sampler, seed);
            studies.add(new Studied(regret, stopwatch.seconds()));
        });
        return studies;
    }

    private static void add(
            Table table,
            ArrayNode json,
            SearchFunction function,
            String name,
            List<Studied> studies,
            Map<String, List<Studied>> peers) {
        double[] regrets = regrets(studies);
        double seconds = RegretRatio.median(
                studies.stream().mapToDouble(Studied::seconds).toArray());
        table.add(
                function.name(),
                name,
                "%.3g".formatted(RegretRatio.median(regrets)),
                beside(regrets, name, OPTUNA_TPE, peers),
                beside(regrets, name, OPTUNA_GP, peers),
                "%.3f".formatted(seconds));
        ObjectNode result = json.addObject()
                .put("function", function.name())
                .put("sampler", name)
                .put("median_regret", RegretRatio.median(regrets))
                .put("seconds", seconds);
        peers.forEach((peer, others) -> {
            RegretRatio ratio = RegretRatio.of(regrets, regrets(others));
            result.putObject(peer)
                    .put("ratio", ratio.value())
                    .put("low", ratio.low())
                    .put("high", ratio.high());
        });
    }

    private static String beside(double[] regrets, String name, String peer, Map<String, List<Studied>> peers) {
        return peers.containsKey(peer) && !name.equals(peer)
                ? RegretRatio.of(regrets, regrets(peers.get(peer))).text()
                : "";
    }

    private static double[] regrets(List<Studied> studies) {
        return studies.stream().mapToDouble(Studied::regret).toArray();
    }
}
