package io.trainyard.jobs.run;

import io.trainyard.jobs.storage.WarehouseStorage;
import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.file.RegistryStorage;
import io.trainyard.registry.mlflow.MlflowClient;
import io.trainyard.registry.mlflow.MlflowConnection;
import io.trainyard.registry.mlflow.MlflowRegistry;
import io.trainyard.registry.mlflow.MlflowTracking;
import io.trainyard.registry.mlflow.Pause;
import io.trainyard.registry.mlflow.TrackedStudy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/** The MLflow server that the environment names, by the variables that Python's MLflow reads. */
record Mlflow(MlflowClient client, String experiment, Clock clock) {

    /** @throws io.trainyard.registry.RegistryException naming the variable that is missing or wrong */
    static Mlflow of(Map<String, String> environment, Clock clock) {
        MlflowConnection connection = MlflowConnection.from(environment);
        return new Mlflow(new MlflowClient(connection, Pause.sleeping(), clock), connection.experiment(), clock);
    }

    /** Its models. Artifacts that the server does not pass on go to their storage by Hadoop. */
    ModelRegistry registry(WarehouseStorage storage) {
        return new MlflowRegistry(
                client, experiment, clock, System.getProperty("user.name"), uri -> folder(storage, uri));
    }

    private static RegistryStorage folder(WarehouseStorage storage, URI uri) {
        try {
            return storage.registry(uri.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use MLflow's artifacts at " + uri, e);
        }
    }

    /** Begins to show a study there. */
    MlflowTracking track(TrackedStudy study) {
        return MlflowTracking.start(client, experiment, study);
    }

    /** @param capacity how many updates may wait to be sent */
    MlflowTracking track(TrackedStudy study, int capacity) {
        return MlflowTracking.start(client, experiment, study, capacity);
    }
}
