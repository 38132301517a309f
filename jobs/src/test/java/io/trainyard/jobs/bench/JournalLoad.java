package io.trainyard.jobs.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.journal.JournalStorage;
import io.trainyard.tuning.journal.LocalSegments;
import io.trainyard.tuning.sampler.RandomSampler;
import io.trainyard.tuning.study.Budget;
import io.trainyard.tuning.study.Direction;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Study;
import io.trainyard.tuning.study.StudyDefinition;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long a study takes to read that was written trial by trial, with every ask and every tell durable on its own: two files a
 * trial.
 *
 * @param runs how often the journal is read, each time by a new reader
 */
record JournalLoad(int trials, int runs) {

    Report measure() throws IOException, InterruptedException {
        try (WorkFolder folder = new WorkFolder()) {
            write(folder.path());
            List<Double> seconds = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
                seconds.add(load(folder.path()));
            }
            return report(seconds, new LocalSegments(folder.path()).list().size());
        }
    }

    private void write(Path folder) throws InterruptedException {
        StudyDefinition definition = new StudyDefinition(
                "bench", Configuration.space(), Direction.MAXIMIZE, Configuration.SEED, Budget.ofTrials(trials));
        JournalStorage journal = new JournalStorage(new LocalSegments(folder), "bench");
        Study study = Study.open(definition, journal, new RandomSampler(), Clock.systemUTC());
        Optional<Trial> trial = study.next();
        while (trial.isPresent()) {
            study.tell(trial.get().number(), new Outcome.Complete(0.5));
            trial = study.next();
        }
    }

    private double load(Path folder) {
        Stopwatch stopwatch = new Stopwatch();
        History history = History.replay(new JournalStorage(new LocalSegments(folder), "reader").events());
        double seconds = stopwatch.seconds();
        if (history.finished().size() != trials) {
            throw new IllegalStateException(
                    "Read %d trials of %d".formatted(history.finished().size(), trials));
        }
        return seconds;
    }

    private Report report(List<Double> seconds, int files) {
        Measurement first = new Measurement("first read", trials, 1, seconds.subList(0, 1));
        Measurement all = new Measurement("all reads", trials, 1, seconds);
        Table table = new Table("read", "trials", "files", "seconds (median, min to max)");
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", "journal-load");
        json.put("trials", trials).put("files", files).put("first", first.median());
        for (Measurement each : List.of(first, all)) {
            table.add(each.contestant(), "%,d".formatted(trials), "%,d".formatted(files), each.secondsText());
        }
        seconds.forEach(json.putArray("runs")::add);
        return new Report("journal-load: a study's journal on the local disk\n\n" + table.text(), json);
    }
}
