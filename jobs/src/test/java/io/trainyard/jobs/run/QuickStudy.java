package io.trainyard.jobs.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.tuning.journal.JournalStorage;
import io.trainyard.tuning.journal.LocalSegments;
import io.trainyard.tuning.study.Outcome;
import io.trainyard.tuning.study.Study;
import io.trainyard.tuning.study.StudyEvent;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.commons.io.file.PathUtils;

/** A study as a search leaves it in a warehouse, of trials that a formula ends at once. */
public record QuickStudy(Path folder) {

    /** Runs a study to its end; a trial that is lost runs again. */
    public static QuickStudy run(Path warehouse, StudyFile file, Function<Trial, Outcome> formula)
            throws IOException, InterruptedException {
        QuickStudy study = new QuickStudy(warehouse.resolve("studies").resolve(file.name()));
        file.begin(new LocalSegments(study.folder()));
        StudyFile.Recipe recipe = file.recipe().orElseThrow();
        Study running = Study.open(recipe.definition(), study.journal(), Samplers.of(recipe), Clock.systemUTC());
        Optional<Trial> trial = running.next();
        while (trial.isPresent()) {
            trial = running.tellAndNext(trial.get().number(), formula.apply(trial.get()));
        }
        return study;
    }

    /** Writes the journal anew, with other events under right checksums. */
    public void alter(UnaryOperator<StudyEvent> alteration) throws IOException {
        List<StudyEvent> events = journal().events();
        PathUtils.deleteDirectory(journalFolder());
        JournalStorage altered = journal();
        altered.takeOver((StudyEvent.Owned) events.get(0));
        long position = 0;
        for (StudyEvent event : events.subList(1, events.size())) {
            position = altered.append(alteration.apply(event));
        }
        altered.sync(position);
    }

    /** Cuts the newest segment to so many bytes, as a driver leaves it that is killed in the midst of writing it. */
    public String cutLastWrite(int bytes) throws IOException {
        List<String> segments = new LocalSegments(journalFolder()).list();
        String last = segments.get(segments.size() - 1);
        Path file = journalFolder().resolve(last);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));
        return last;
    }

    /** Leaves of the study's file what the first release wrote. */
    public void forgetRecipe() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        Path file = folder.resolve(StudyFile.FILE);
        ObjectNode json = (ObjectNode) mapper.readTree(file.toFile());
        json.remove(List.of("objectives", "sampler", "definition"));
        mapper.writeValue(file.toFile(), json);
    }

    private JournalStorage journal() {
        return new JournalStorage(new LocalSegments(journalFolder()), "driver");
    }

    private Path journalFolder() {
        return folder.resolve("journal");
    }
}
