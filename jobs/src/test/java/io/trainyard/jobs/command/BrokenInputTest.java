package io.trainyard.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.jobs.SparkExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users get wrong, and what only looks wrong, case by case: one message, an exit code, and nothing left behind. */
@ExtendWith(SparkExtension.class)
class BrokenInputTest {
    @ParameterizedTest
    @MethodSource("cases")
    void endsAsTheTableSays(BrokenInput input, @TempDir Path folder, SparkSession spark) throws IOException {
        input.write(folder, spark);
        for (BrokenInput.Step step : input.steps()) {
            BrokenInput.Outcome outcome = step.run(folder);

            assertThat(outcome.code())
                    .as("exit code of %s: %s", step.command(), outcome)
                    .isEqualTo(step.code());
            if (step.code() == 0) {
                assertThat(outcome.said()).map(String::strip).containsAll(step.message());
            } else {
                assertThat(outcome.message()).isEqualTo(step.message());
                assertThat(outcome.changed()).as("left behind").isEmpty();
            }
        }
    }

    static Stream<BrokenInput> cases() throws IOException {
        try (var stream = BrokenInputTest.class.getResourceAsStream("broken-inputs.txt")) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^### "))
                    .filter(part -> !part.isBlank())
                    .map(BrokenInput::of);
        }
    }
}
