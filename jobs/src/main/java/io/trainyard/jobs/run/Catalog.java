package io.trainyard.jobs.run;

import io.trainyard.jobs.config.Pipeline;
import io.trainyard.jobs.config.RegistryName;
import io.trainyard.jobs.storage.WarehouseStorage;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.file.PathRegistry;
import io.trainyard.registry.mlflow.TrackingOutcome;
import io.trainyard.tuning.journal.JournalStorage;
import io.trainyard.tuning.study.History;
import io.trainyard.tuning.study.StudyEvent;
import io.trainyard.tuning.study.Trial;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The models and studies of a warehouse, which can be looked at without Spark. */
public final class Catalog {
    private final Pipeline pipeline;
    private final Warehouse warehouse;
    private final WarehouseStorage storage;
    private final Map<String, String> environment;
    private final Clock clock;

    /** @param environment says where MLflow is, if the pipeline's models are there */
    public Catalog(Pipeline pipeline, WarehouseStorage storage, Map<String, String> environment, Clock clock) {
        this.pipeline = pipeline;
        this.warehouse = new Warehouse(pipeline.warehouse().toString());
        this.storage = storage;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * A study as its journal has it.
     *
     * @param lostWrites what of the journal does not count, in words
     */
    public record StudyView(StudyFile file, History history, List<StudyEvent> events, List<String> lostWrites) {
        public StudyView {
            events = List.copyOf(events);
            lostWrites = List.copyOf(lostWrites);
        }
    }

    Warehouse warehouse() {
        return warehouse;
    }

    /** The pipeline's own registry. */
    public ModelRegistry registry() throws IOException {
        return registry(pipeline.register().registry());
    }

    /** A registry of the pipeline's warehouse, or of the environment, whichever the pipeline itself uses. */
    public ModelRegistry registry(RegistryName name) throws IOException {
        return switch (name) {
            case PATH ->
                new PathRegistry(storage.registry(warehouse.registry()), clock, System.getProperty("user.name"));
            case MLFLOW -> Mlflow.of(environment, clock).registry(storage);
        };
    }

    /** The studies of the pipeline, the one that began last at the end. */
    public List<StudyView> studies() throws IOException {
        List<StudyView> studies = new ArrayList<>();
        for (String name : storage.registry(warehouse.studies()).list("")) {
            if (storage.segments(warehouse.study(name)).list().contains(StudyFile.FILE)) {
                StudyView study = study(name);
                if (study.file().pipeline().equals(pipeline.name())) {
                    studies.add(study);
                }
            }
        }
        studies.sort(Comparator.comparing(Catalog::began));
        return studies;
    }

    /** Shows the pipeline's studies at MLflow, or what is missing of them there; how much has arrived, by the name of the study. */
    public Map<String, TrackingOutcome> track() throws IOException {
        Mlflow mlflow = Mlflow.of(environment, clock);
        Map<String, TrackingOutcome> outcomes = new LinkedHashMap<>();
        for (StudyView study : studies()) {
            outcomes.put(study.file().name(), StudyTracking.again(mlflow, study));
        }
        return outcomes;
    }

    private StudyView study(String name) throws IOException {
        StudyFile file = StudyFile.read(storage.segments(warehouse.study(name)));
        JournalStorage journal = new JournalStorage(storage.segments(warehouse.study(name) + "/journal"), "reader");
        List<StudyEvent> events = journal.events();
        return new StudyView(file, History.replay(events), events, journal.lost());
    }

    private static Instant began(StudyView study) {
        return Stream.concat(study.history().finished().stream(), study.history().pending().stream())
                .map(Trial::asked)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }
}
