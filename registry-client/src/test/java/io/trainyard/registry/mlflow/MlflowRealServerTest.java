package io.trainyard.registry.mlflow;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.trainyard.registry.DiscardingRegistryContract;
import io.trainyard.registry.ModelRegistry;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract against the server that {@code MLFLOW_TRACKING_URI} names. Its tests want a registry without models, and
 * delete those that they have made: where there is any model at the beginning, they do nothing.
 */
@EnabledIfEnvironmentVariable(
        named = "MLFLOW_TRACKING_URI",
        matches = ".+",
        disabledReason = "set MLFLOW_TRACKING_URI to an MLflow server without models to run the contract against it")
class MlflowRealServerTest extends DiscardingRegistryContract {
    private final MlflowConnection connection = MlflowConnection.from(System.getenv());
    private boolean isOurs;

    @BeforeEach
    void requireNoModels() {
        List<MlflowModel> models = client().models().all();
        assumeThat(models)
                .as("the server must have no models, and has %s", models)
                .isEmpty();
        isOurs = true;
    }

    @AfterEach
    void deleteModels() {
        if (isOurs) {
            client().models().all().forEach(model -> client().models().delete(model.name()));
        }
    }

    @Override
    protected ModelRegistry registry(String actor) {
        return new MlflowRegistry(client(), connection.experiment(), Clock.fixed(NOW, ZoneOffset.UTC), actor);
    }

    private MlflowClient client() {
        return new MlflowClient(connection, Pause.sleeping(), Clock.systemUTC());
    }
}
