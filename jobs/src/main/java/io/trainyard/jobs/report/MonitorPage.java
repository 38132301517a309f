package io.trainyard.jobs.report;

import io.trainyard.jobs.card.PlainText;
import io.trainyard.jobs.monitor.MonitorReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the monitor saw, as one page of HTML that needs nothing else: it opens without a network, and its policy forbids it to ask for
 * anything. Tables say in text what the plots show.
 */
public final class MonitorPage {
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";

    private static final Pattern PLACE = Pattern.compile("@(title|body|data|echarts|script)@");

    private MonitorPage() {}

    public static String html(MonitorReport report) {
        MonitorPlots plots = new MonitorPlots(report);
        String body = new MonitorBody(report, plots).html();
        String title = "%s version %d, watched as of %s"
                .formatted(
                        report.latest().watched().model(),
                        report.latest().watched().version(),
                        report.asOf());
        Map<String, String> parts = Map.of(
                "title", PlainText.escaped(title),
                "body", body,
                "data", plots.json(),
                "echarts", resource(ECHARTS),
                "script", resource("monitor.js"));
        return PLACE.matcher(resource("monitor.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    private static String resource(String name) {
        try (InputStream stream = MonitorPage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The jar lacks " + name + "; it was not built whole");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + " of the jar", e);
        }
    }
}
