package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Description;
import io.trainyard.jobs.config.binding.Matches;
import java.util.List;
import java.util.Optional;

/** Where the numbers of the monitor and of all jobs go for Prometheus. */
@Description(
        "where the numbers of the monitor, and of each job of the pipeline, go for Prometheus, which a batch job does not wait for")
public record PrometheusConfig(
        @Description("folder that node_exporter's textfile collector reads; gets files trainyard-PIPELINE*.prom")
        Optional<String> textfile,

        @Description("URL of a Pushgateway, such as http://pushgateway:9091")
        Optional<String> pushgateway,

        @Description(
                "address and port, such as 0.0.0.0:9400, at which a job shows itself at /metrics while it runs, to whoever can reach it")
        @Matches(
                value = "[^\\s:]+:(?:[1-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])",
                meaning = "an address and a port such as 127.0.0.1:9400")
        Optional<String> listen)
        implements Checked {
    @Override
    public List<Flaw> flaws() {
        if (textfile.isEmpty() && pushgateway.isEmpty() && listen.isEmpty()) {
            return List.of(new Flaw("", "says nowhere: give 'textfile', 'pushgateway' or 'listen'"));
        }
        return pushgateway
                .filter(url -> !url.matches("https?://\\S+"))
                .map(url -> List.of(new Flaw("pushgateway", "must be a URL such as http://pushgateway:9091")))
                .orElse(List.of());
    }
}
