package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How much is kept of what runs leave. */
@Description(
        "how much is kept of what runs leave; all of what is not named. 'trainyard retain' and every 'trainyard retrain' remove the rest, but never what an alias or a rollback needs")
public record RetentionConfig(
        @Description("training sets stay pinned of so many of the newest versions") @Range(min = 1, max = 1_000_000)
        Optional<Integer> trainingSets,

        @Description(
                "so many of the newest versions keep their bundles; the others stay on record, with scores and lineage")
        @Range(min = 1, max = 1_000_000)
        Optional<Integer> bundles,

        @Description(
                "journals stay of studies in which something happened within this time, and of the newest; so do encoded rows, and what killed jobs have left")
        Optional<Duration> studies,

        @Description(
                "old versions of tables, such as predictions before the last, stay readable for so long; those that are pinned always do")
        Optional<Duration> tables)
        implements Checked {
    private static final Duration SHORTEST = Duration.ofDays(1);

    /** Whether nothing is to be removed. */
    public boolean keepsAll() {
        return Stream.of(trainingSets, bundles, studies, tables).noneMatch(Optional::isPresent);
    }

    @Override
    public List<Flaw> flaws() {
        List<Flaw> flaws = new ArrayList<>();
        require("studies", studies, flaws);
        require("tables", tables, flaws);
        return flaws;
    }

    /** Jobs that run now still write what is younger. */
    private static void require(String key, Optional<Duration> time, List<Flaw> flaws) {
        if (time.filter(kept -> kept.compareTo(SHORTEST) < 0).isPresent()) {
            flaws.add(new Flaw(key, "must be a day at least, so that nothing goes which a job at work needs"));
        }
    }
}
