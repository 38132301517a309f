package io.trainyard.jobs.config;

import io.trainyard.jobs.config.binding.Checked;
import io.trainyard.jobs.config.binding.Description;
import java.util.List;
import java.util.Optional;

/** Where the monitor's numbers go for Prometheus. */
@Description("where the monitor's numbers go for Prometheus, which a batch job does not wait for")
public record PrometheusConfig(
        @Description("folder that node_exporter's textfile collector reads; gets a file trainyard-PIPELINE.prom")
        Optional<String> textfile,

        @Description("URL of a Pushgateway, such as http://pushgateway:9091")
        Optional<String> pushgateway)
        implements Checked {
    @Override
    public List<Flaw> flaws() {
        if (textfile.isEmpty() && pushgateway.isEmpty()) {
            return List.of(new Flaw("", "says nowhere: give 'textfile' or 'pushgateway'"));
        }
        return pushgateway
                .filter(url -> !url.matches("https?://\\S+"))
                .map(url -> List.of(new Flaw("pushgateway", "must be a URL such as http://pushgateway:9091")))
                .orElse(List.of());
    }
}
