package io.trainyard.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.SparkExtension;
import io.trainyard.jobs.config.PipelineFile;
import io.trainyard.tuning.space.Params;
import io.trainyard.tuning.study.Trial;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class FirstTrialsTest {
    private final SparkSession spark;

    @TempDir
    private Path folder;

    FirstTrialsTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void whatTheUserWantsIsTriedFirstAndThenWhatIsKnownUnlessItIsNotWanted() throws Exception {
        spark.range(200)
                .selectExpr("id", "double(pmod(id * 37, 200)) as x", "int(pmod(id * 37, 200) > 100) as y")
                .write()
                .parquet(folder.resolve("rows").toString());

        List<Trial> known = trials();
        List<Trial> unknown = trials("search.portfolio=false");

        assertThat(depth(known, 0)).as("the user's").isEqualTo(3);
        assertThat(depth(unknown, 0)).as("the user's").isEqualTo(3);
        assertThat(rate(known, 1)).as("the library's default").isEqualTo(0.3);
        assertThat(rate(unknown, 1)).as("drawn").isNotEqualTo(0.3);
    }

    private static long depth(List<Trial> trials, int number) {
        return params(trials, number).integer("xgboost.max_depth");
    }

    private static double rate(List<Trial> trials, int number) {
        return params(trials, number).number("xgboost.learning_rate");
    }

    private static Params params(List<Trial> trials, int number) {
        return trials.stream()
                .filter(trial -> trial.number() == number)
                .findFirst()
                .orElseThrow()
                .params();
    }

    private List<Trial> trials(String... settings) throws Exception {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), """
                name: rows
                sources: {rows: rows}
                training: {rows: rows, key: id, label: y, features: [x]}
                search: {trials: 2, rounds: 20, enqueue: [{max_depth: 3}]}
                """);
        Console console =
                new Console(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), false);
        JobContext context = JobContext.of(
                PipelineFile.load(file, Optional.empty(), List.of(settings), Map.of()),
                Instant.parse("2026-01-01T00:00:00Z"),
                spark,
                Map.of(),
                console);
        return new TrainJob(context).search().history().finished();
    }
}
