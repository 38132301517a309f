package io.trainyard.jobs.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trainyard.jobs.demo.DemoData;
import io.trainyard.jobs.demo.DemoSettings;
import io.trainyard.jobs.demo.DemoSummary;
import io.trainyard.jobs.run.Session;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Data to try everything on. */
@Command(
        name = "demo-data",
        description = "Writes simulated card transactions, after the process of the Fraud Detection Handbook.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: trainyard demo-data demo/data --customers 5000 --days 183"})
final class DemoDataCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DIR",
            description = "The folder to write into; transactions and new_transactions are made in it.")
    private Path folder;

    @Option(
            names = "--customers",
            description = "How many customers (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000")
    private int customers;

    @Option(names = "--days", description = "How many days (default: ${DEFAULT-VALUE}).", defaultValue = "120")
    private int days;

    @Option(
            names = "--seed",
            description = "Another seed is other data (default: ${DEFAULT-VALUE}).",
            defaultValue = "0")
    private long seed;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        DemoSettings settings = DemoSettings.ofSize(customers, days, seed);
        try (Session session = Session.open("demo-data", ZoneOffset.UTC, System.getenv())) {
            DemoSummary summary = new DemoData(session.spark())
                    .write(settings, folder.toAbsolutePath().toString());
            ObjectNode document = JsonNodeFactory.instance
                    .objectNode()
                    .put("folder", folder.toString())
                    .put("transactions", summary.transactions())
                    .put("frauds", summary.frauds())
                    .put("new_transactions", summary.newTransactions());
            output.result(
                    document,
                    "%,d transactions, %,d of them frauds, and %,d new ones in %s"
                            .formatted(summary.transactions(), summary.frauds(), summary.newTransactions(), folder));
        }
        return 0;
    }
}
