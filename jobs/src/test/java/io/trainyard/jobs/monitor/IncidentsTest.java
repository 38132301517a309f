package io.trainyard.jobs.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.trainyard.features.profile.Verdict;
import io.trainyard.jobs.monitor.Finding.Kind;
import io.trainyard.jobs.monitor.Incidents.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Letters say what each of some days shows: D drifted, w watched, a dot nothing. */
class IncidentsTest {
    @Test
    void whatDriftsOpensAnIncidentThatStaysTheSame() {
        assertThat(of(".DD")).singleElement().satisfies(incident -> {
            assertThat(incident.id()).isEqualTo("m@3/feature amount/2026-03-02T00:00:00Z");
            assertThat(incident.opened()).isEqualTo(Reports.day(1));
            assertThat(incident.windows()).isEqualTo(2);
            assertThat(incident.open()).isTrue();
        });
    }

    @Test
    void twoCalmDaysCloseItAndOneDoesNot() {
        assertThat(of("D.D.")).singleElement().extracting(Incident::open).isEqualTo(true);
        assertThat(of("D..")).singleElement().extracting(Incident::closed).isEqualTo(Optional.of(Reports.day(2)));
    }

    @Test
    void whatIsOnlyWatchedOpensNoneAndKeepsOneOpen() {
        assertThat(of("ww")).isEmpty();
        assertThat(of("D.w.")).singleElement().extracting(Incident::open).isEqualTo(true);
    }

    @Test
    void whatComesBackIsAnotherIncident() {
        assertThat(of("D..D"))
                .extracting(Incident::opened, Incident::open)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Reports.day(3), true),
                        org.assertj.core.groups.Tuple.tuple(Reports.day(0), false));
    }

    @Test
    void oneLookClosesWhatWasFoundOfTheInputs() {
        Finding stale = new Finding(Kind.FRESHNESS, "visits", Verdict.DRIFTED, List.of("because"));

        List<Incident> incidents = Incidents.ofInputs(
                "p",
                List.of(
                        new Observed(Reports.day(0), List.of(stale)),
                        new Observed(Reports.day(1), List.of(stale)),
                        new Observed(Reports.day(2), List.of())));

        assertThat(incidents).singleElement().satisfies(incident -> {
            assertThat(incident.id()).isEqualTo("p/freshness visits/2026-03-01T00:00:00Z");
            assertThat(incident.closed()).contains(Reports.day(2));
        });
    }

    private static List<Incident> of(String days) {
        List<Observed> windows = new ArrayList<>();
        for (int day = 0; day < days.length(); day++) {
            Optional<Verdict> verdict = switch (days.charAt(day)) {
                case 'D' -> Optional.of(Verdict.DRIFTED);
                case 'w' -> Optional.of(Verdict.WATCH);
                default -> Optional.empty();
            };
            windows.add(new Observed(
                    Reports.day(day),
                    verdict.stream()
                            .map(shown -> new Finding(Kind.FEATURE, "amount", shown, List.of("because")))
                            .toList()));
        }
        return Incidents.of(Reports.WATCHED, windows);
    }
}
