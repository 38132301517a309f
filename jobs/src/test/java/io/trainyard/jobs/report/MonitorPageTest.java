package io.trainyard.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trainyard.features.profile.Verdict;
import io.trainyard.jobs.monitor.Finding;
import io.trainyard.jobs.monitor.FindingRules;
import io.trainyard.jobs.monitor.Incidents;
import io.trainyard.jobs.monitor.MonitorReport;
import io.trainyard.jobs.monitor.Reports;
import io.trainyard.jobs.monitor.WindowReport;
import io.trainyard.registry.Score;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorPageTest {
    private static final String HOSTILE =
            "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u2028@data@";

    @Test
    void aPageSaysWhatIsWrongSinceWhen() {
        String page = MonitorPage.html(report("amount"));

        assertThat(page)
                .contains("m version 3", "1 of 1 features have drifted", "metric roc_auc", "since 2026-03-02")
                .contains("roc_auc is 0.7000 (0.6800 to 0.7200)", "2026-03-01", "shop = (missing)", "because");
    }

    @Test
    void aPageIsSmallAndLoadsNothing() {
        String page = MonitorPage.html(report("amount"));

        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(3_000_000);
        assertThat(page).contains("default-src 'none'");
        assertThat(Pattern.compile("(?:src|href)\\s*=\\s*[\"']?https?:")
                        .matcher(page)
                        .find())
                .isFalse();
    }

    @Test
    void namesAreTextWhateverTheyContain() {
        String page = MonitorPage.html(report(HOSTILE));

        assertThat(page).doesNotContain("<script>alert", "<img src=x").contains("&lt;script&gt;alert(1)");
        assertThat(page.split("</script>", -1))
                .as("three scripts end, and no fourth")
                .hasSize(4);
        assertThat(page.split("id=\"data\"", -1))
                .as("a name is no place for data")
                .hasSize(2);
    }

    @Test
    void aBrowserDrawsEveryPlotWithoutAComplaint(@TempDir Path folder) throws Exception {
        assumeThat(browser()).as("no chromium on the path to open the page in").isPresent();
        Path page = Files.writeString(folder.resolve("page.html"), MonitorPage.html(report(HOSTILE)));

        String drawn = open(page, folder);

        assertThat(drawn).contains("data-ready=\"yes\"").doesNotContain("CONSOLE", "alert(1)</script>");
        assertThat(drawn.split("data-drawn=\"yes\"", -1).length)
                .as("plots drawn")
                .isEqualTo(drawn.split("data-plot=", -1).length)
                .isGreaterThan(4);
    }

    private static Optional<String> browser() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** The page as it is after its scripts ran, with what the browser's console says. */
    private static String open(Path page, Path profile) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        browser().orElseThrow(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--enable-logging=stderr",
                        "--user-data-dir=" + profile.resolve("browser"),
                        "--virtual-time-budget=10000",
                        "--dump-dom",
                        page.toUri().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static MonitorReport report(String feature) {
        FindingRules rules = new FindingRules("roc_auc", true, 0.02);
        List<WindowReport> windows = List.of(
                Reports.report(feature, 0, 1_000, Verdict.STABLE, new Score("roc_auc", 0.9, 0.88, 0.92)),
                Reports.report(feature, 1, 1_100, Verdict.DRIFTED, new Score("roc_auc", 0.7, 0.68, 0.72)));
        List<List<Finding>> findings = new ArrayList<>();
        List<Incidents.Observed> observed = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            findings.add(rules.of(windows.subList(0, i + 1)));
            observed.add(new Incidents.Observed(windows.get(i).window().from(), findings.get(i)));
        }
        return new MonitorReport(
                "p",
                windows.get(0).asOf(),
                "roc_auc",
                windows,
                findings,
                Reports.inputs(feature),
                Incidents.of(windows.get(0).watched(), observed));
    }
}
