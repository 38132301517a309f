package io.trainyard.features.quality;

import io.trainyard.features.source.SourceException;
import io.trainyard.features.view.Test;
import io.trainyard.features.view.Test.Action;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of the tests of a table.
 *
 * @param table names the table or source for people
 * @param results in the order in which the tests are declared
 */
public record TestReport(String table, List<Result> results) {

    public TestReport {
        results = List.copyOf(results);
    }

    /** How a test ended. */
    public enum Outcome {
        /** Nothing failed. */
        PASSED,
        /** Something failed, no more than the declaration bears. */
        BORNE,
        /** More failed than the declaration bears, so that no version may come of the rows. */
        VIOLATED
    }

    /** Whether rows failed that are to be quarantined. */
    public boolean quarantines() {
        return results.stream().anyMatch(result -> result.action() == Action.QUARANTINE && result.failed() > 0);
    }

    /**
     * What came of one test.
     *
     * @param test as {@link Test#describe} says it
     * @param ofRows whether rows fail one by one, as {@link Test#ofRows} says it
     * @param rows how many were tested
     * @param failed how many of them failed; all of them where a test of the whole table did
     * @param maxShare the share of failing rows that is borne
     * @param example a failing row as JSON, de-identified and shortened, always the same one for the same rows; for a test of the whole
     *     table what was found instead
     */
    public record Result(
            String test,
            boolean ofRows,
            Action action,
            long rows,
            long failed,
            double maxShare,
            Outcome outcome,
            Optional<String> example) {

        /** The share of failing rows, in [0, 1]; 0 without rows. */
        public double share() {
            return rows == 0 ? 0 : (double) failed / rows;
        }

        private Result plus(Result earlier) {
            long all = rows + earlier.rows;
            long failing = failed + earlier.failed;
            boolean violated = failing > 0 && (double) failing / all > maxShare;
            Outcome borne = failing == 0 ? Outcome.PASSED : Outcome.BORNE;
            return new Result(
                    test,
                    ofRows,
                    action,
                    all,
                    failing,
                    maxShare,
                    violated ? Outcome.VIOLATED : borne,
                    example.or(earlier::example));
        }

        private String violation() {
            return ofRows
                    ? "test '%s' fails for %d of %d rows (%s, where %s is borne), such as %s"
                            .formatted(test, failed, rows, percent(share()), percent(maxShare), example.orElse("none"))
                    : "test '%s' fails: there is %s".formatted(test, example.orElse("nothing"));
        }

        private static String percent(double share) {
            return "%s %%"
                    .formatted(BigDecimal.valueOf(100 * share)
                            .round(new MathContext(3))
                            .stripTrailingZeros()
                            .toPlainString());
        }
    }

    /** The report of the rows of both; of one table and the same tests, each of which judges rows one by one. */
    public TestReport plus(TestReport earlier) {
        Map<String, Result> before = earlier.results().stream()
                .collect(Collectors.toMap(Result::test, result -> result, (one, same) -> one));
        return new TestReport(
                table,
                results.stream()
                        .map(result ->
                                before.containsKey(result.test()) ? result.plus(before.get(result.test())) : result)
                        .toList());
    }

    /** Whether a version may come of the rows. */
    public boolean passed() {
        return violated().isEmpty();
    }

    /**
     * To be called before anything is made of the rows.
     *
     * @throws SourceException if a test is violated, with all that are
     */
    public void requirePassed() {
        if (!passed()) {
            throw new SourceException(
                    "Cannot use the rows of '%s': %s; mend the data, or let the test bear it with max_share or else: warn"
                            .formatted(
                                    table,
                                    violated().stream().map(Result::violation).collect(Collectors.joining("; "))));
        }
    }

    private List<Result> violated() {
        return results.stream()
                .filter(result -> result.outcome() == Outcome.VIOLATED)
                .toList();
    }
}
