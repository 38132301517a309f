package io.trainyard.jobs.deploy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A DAG of one task, by the operator of Airflow's provider for Spark. Where the job runs says the connection {@code spark_default}; the
 * logical time is the end of the data interval, so that a retry and a backfill are the same run.
 */
final class Airflow implements Platform {
    /** A run that was started by hand has no interval in Airflow 3. */
    private static final String AS_OF =
            "{{ (data_interval_end if data_interval_end is defined and data_interval_end else dag_run.run_after).isoformat() }}";

    @Override
    public String name() {
        return "airflow";
    }

    @Override
    public void check(Deployment deployment, Refusals refusals) {
        Submitting.checkMachine(deployment, refusals);
    }

    @Override
    public Rendering render(Deployment deployment) {
        String file = deployment.label().replace('-', '_') + ".py";
        List<String> next = new ArrayList<>(Uploads.of(deployment));
        deployment.secrets().values().stream()
                .distinct()
                .forEach(secret -> next.add(
                        "airflow variables set %s VALUE  # unless it is there".formatted(Shell.quote(secret))));
        next.add("airflow connections add spark_default --conn-type spark --conn-host %s  # unless it is there"
                .formatted(Shell.quote(deployment.config().master())));
        next.add("cp @DIR@/%s \"$AIRFLOW_HOME/dags/\"".formatted(file));
        next.add("airflow dags test " + Shell.quote(deployment.label()));
        return new Rendering(List.of(RenderedFile.of(file, dag(deployment))), next);
    }

    private static String dag(Deployment deployment) {
        String retries = deployment.config().retries() == 0
                ? ""
                : "        retries=%d,\n        retry_delay=timedelta(minutes=5),\n"
                        .formatted(deployment.config().retries());
        String timeout = deployment
                .config()
                .timeout()
                .map(time -> "        execution_timeout=timedelta(seconds=%d),\n".formatted(time.toSeconds()))
                .orElse("");
        return """
                # %s
                # Needs the package apache-airflow-providers-apache-spark and, where the job is submitted, spark-submit with Java 17.
                from datetime import timedelta

                import pendulum
                from airflow import DAG
                from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

                with DAG(
                    dag_id=%s,
                    schedule=%s,
                    start_date=pendulum.datetime(2025, 1, 1, tz=%s),
                    catchup=False,
                    max_active_runs=1,
                    tags=["trainyard"],
                ):
                    SparkSubmitOperator(
                        task_id=%s,
                        conn_id="spark_default",
                        deploy_mode="client",
                        name=%s,
                        application=%s,
                        java_class=%s,
                        application_args=%s,
                        conf=%s,
                %s%s%s    )
                """.formatted(
                        deployment.head("airflow"),
                        text(deployment.label()),
                        deployment.cron().map(cron -> text(cron.toUnix())).orElse("None"),
                        text(deployment.zoneName()),
                        text(deployment.config().command().toString()),
                        template(deployment.name()),
                        template(deployment.jar()),
                        text(Deployment.MAIN),
                        list(arguments(deployment)),
                        dictionary(settings(deployment)),
                        environment(deployment),
                        retries,
                        timeout);
    }

    private static List<String> arguments(Deployment deployment) {
        List<String> arguments = new ArrayList<>();
        deployment.arguments().forEach(argument -> arguments.add(template(argument)));
        arguments.add(text("--as-of"));
        arguments.add(text(AS_OF));
        return arguments;
    }

    private static Map<String, String> settings(Deployment deployment) {
        SparkSubmit submit = new SparkSubmit("spark-submit", deployment.config().master(), deployment.jar());
        Map<String, String> settings = new LinkedHashMap<>();
        submit.settings(deployment).forEach((key, value) -> settings.put(key, template(value)));
        return settings;
    }

    /** Secrets are variables of Airflow, or of a backend that it reads them from. */
    private static String environment(Deployment deployment) {
        Map<String, String> environment = new LinkedHashMap<>();
        deployment.clearVariables().forEach((name, value) -> environment.put(name, template(value)));
        deployment
                .secrets()
                .forEach((name, secret) -> environment.put(name, text("{{ var.value.get('%s') }}".formatted(secret))));
        return environment.isEmpty() ? "" : "        env_vars=" + dictionary(environment) + ",\n";
    }

    /** A text that Airflow gives as it is. */
    private static String template(String text) {
        return text(Jinja.literal(text));
    }

    /** A literal of Python; those of JSON are some. */
    static String text(String text) {
        return Json.compact(TextNode.valueOf(text));
    }

    private static String list(List<String> items) {
        return items.stream().collect(Collectors.joining(",\n            ", "[\n            ", ",\n        ]"));
    }

    private static String dictionary(Map<String, String> entries) {
        return entries.entrySet().stream()
                .map(entry -> text(entry.getKey()) + ": " + entry.getValue())
                .collect(Collectors.joining(",\n            ", "{\n            ", ",\n        }"));
    }
}
