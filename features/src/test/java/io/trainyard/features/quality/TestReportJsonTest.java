package io.trainyard.features.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.features.quality.TestReport.Outcome;
import io.trainyard.features.quality.TestReport.Result;
import io.trainyard.features.view.Test.Action;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestReportJsonTest {

    private static final TestReport REPORT = new TestReport(
            "orders",
            List.of(
                    new Result(
                            "not_null id", true, Action.DROP, 10, 1, 0.5, Outcome.BORNE, Optional.of("{\"id\":null}")),
                    new Result("unique id", true, Action.FAIL, 10, 0, 0, Outcome.PASSED, Optional.empty())));

    @Test
    void aReportIsStoredAsThis() {
        assertThat(TestReportJson.write(REPORT))
                .isEqualTo(
                        "{\"table\":\"orders\",\"tests\":[{\"test\":\"not_null id\",\"of_rows\":true,\"action\":\"DROP\",\"rows\":10,\"failed\":1,\"max_share\":0.5,\"outcome\":\"BORNE\",\"example\":\"{\\\"id\\\":null}\"},{\"test\":\"unique id\",\"of_rows\":true,\"action\":\"FAIL\",\"rows\":10,\"failed\":0,\"max_share\":0.0,\"outcome\":\"PASSED\"}]}");
    }

    @Test
    void whatIsStoredIsReadBack() {
        assertThat(TestReportJson.read(TestReportJson.write(REPORT))).isEqualTo(REPORT);
        assertThat(REPORT.results().get(0).share()).isEqualTo(0.1);
    }

    @Test
    void whatIsNoReportIsRefused() {
        assertThatThrownBy(() -> TestReportJson.read("no"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A report of tests must be JSON, but it is: no");
    }
}
