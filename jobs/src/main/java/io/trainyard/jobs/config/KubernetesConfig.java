package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Default;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import java.util.Optional;

/** Where the pods run. */
@Description("where the pods of a job run")
public record KubernetesConfig(
        @Description("namespace of the pods")
        @Default("default")
        @Matches(value = Names.LABEL, meaning = Names.LABEL_MEANING)
        String namespace,

        @Description("service account of the driver, which may start pods")
        @Default("spark")
        @Matches(value = Names.LABEL, meaning = Names.LABEL_MEANING)
        String serviceAccount,

        @Description(
                "address of the cluster for spark-submit, such as https://10.0.0.1:6443; by default it is asked for")
        @Matches(value = "https://[^\\s/@]+", meaning = "an address such as https://10.0.0.1:6443")
        Optional<String> server) {}
