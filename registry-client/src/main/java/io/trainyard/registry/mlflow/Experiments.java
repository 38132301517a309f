package io.trainyard.registry.mlflow;

import io.trainyard.registry.RegistryException;
import java.util.Map;
import java.util.Optional;

/** The calls under {@code experiments/}. */
public final class Experiments {
    private final MlflowHttp http;

    Experiments(MlflowHttp http) {
        this.http = http;
    }

    /** The experiment of that name, also one that lies in the bin. */
    public Optional<Experiment> byName(String name) {
        return MlflowException.ifExists(
                () -> http.send(Call.get("/mlflow/experiments/get-by-name", Map.of("experiment_name", name))
                        .reading(answer -> RunJson.experiment(answer.required("experiment")))));
    }

    /** The experiment of that name, which is made if need be; of several who make it at once, all get the same. */
    public Experiment named(String name) {
        Experiment experiment = byName(name).orElseGet(() -> created(name));
        if (experiment.isDeleted()) {
            throw new RegistryException(("Cannot use experiment '%s': it is deleted; restore it, or choose another by"
                            + " MLFLOW_EXPERIMENT_NAME")
                    .formatted(name));
        }
        return experiment;
    }

    private Experiment created(String name) {
        try {
            return http.send(
                    Call.post("/mlflow/experiments/create", AnswerJson.object().put("name", name))
                            .reading(answer -> new Experiment(
                                    answer.required("experiment_id").asText(), name, false)),
                    () -> byName(name));
        } catch (MlflowException e) {
            if (ErrorCodes.isThere(e.code())) {
                return byName(name).orElseThrow(() -> e);
            }
            throw e;
        }
    }
}
