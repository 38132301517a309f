package io.trainyard.registry.mlflow;

import io.trainyard.registry.ModelRegistry;
import io.trainyard.registry.ModelRegistryContract;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class MlflowRegistryTest extends ModelRegistryContract {
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final MlflowServer server = MlflowServer.start();
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected ModelRegistry registry(String actor) {
        return new MlflowRegistry(client(), MlflowConnection.DEFAULT_EXPERIMENT, CLOCK, actor);
    }

    private MlflowClient client() {
        Endpoint endpoint = Endpoint.of(server.address(), new Credentials.Anonymous());
        return new MlflowClient(MlflowConnection.of(endpoint), pauses::add, CLOCK);
    }
}
