package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.DataPath;
import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import java.util.List;
import java.util.Optional;

/** Where the final model goes. */
@Description("the registered model and the conditions of its promotion")
public record RegisterConfig(
        @Description(
                "name of the registered model; by default the pipeline's. In Unity Catalog it is catalog.schema.model")
        @Matches(value = Names.NAME, meaning = Names.NAME_MEANING)
        Optional<String> model,

        @Description(
                "where versions are kept: 'path' in the warehouse, or 'mlflow' at the server of MLFLOW_TRACKING_URI, which is shown the study as well")
        @Default("path")
        RegistryName registry,

        @Description("alias that a promoted version receives")
        @Default("champion")
        @Matches(value = Names.NAME, meaning = Names.NAME_MEANING)
        String alias,

        @Description("conditions of promotion, all of which must hold") @Default("[]")
        List<GateConfig> promoteIf,

        @Description("keys that sign every bundle before it is registered")
        Optional<SignConfig> sign,

        @Description(
                "PEM files of public keys (Ed25519), of which one must have signed a bundle before anything of it is used; by default signatures are not asked for")
        @Default("[]")
        List<DataPath> trust) {
    public RegisterConfig {
        trust = List.copyOf(trust);
        promoteIf = List.copyOf(promoteIf);
    }
}
