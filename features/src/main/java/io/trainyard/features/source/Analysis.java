package io.trainyard.features.source;

import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;

/** Turns what Spark throws at a declaration, undeclared though checked, into a message for whoever declared it. */
public final class Analysis {

    private Analysis() {}

    /**
     * Runs a step that analyses SQL or looks into files.
     *
     * @param explain makes the message from Spark's exception
     */
    public static <T> T check(Callable<T> step, Function<Exception, String> explain) {
        try {
            return step.call();
        } catch (AnalysisException e) {
            throw new SourceException(explain.apply(e), e);
        } catch (SparkException e) {
            throw failedOnRow(e)
                    ? new SourceException(explain.apply(e), e)
                    : new IllegalStateException(e.getMessage(), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a row is to blame: what the cluster loses has no cause, and what a machine lacks is an error. */
    private static boolean failedOnRow(SparkException exception) {
        return exception.getCause() != null && !(root(exception) instanceof Error);
    }

    /** The innermost message on one line, without the plan or the query that Spark adds to it. */
    public static String reason(Exception exception) {
        Throwable root = root(exception);
        if (root instanceof AnalysisException analysis) {
            return analysis.getSimpleMessage().strip().lines().findFirst().orElse("");
        }
        return String.valueOf(root.getMessage()).lines().map(String::strip).collect(Collectors.joining(" "));
    }

    private static Throwable root(Throwable exception) {
        Throwable root = exception;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
