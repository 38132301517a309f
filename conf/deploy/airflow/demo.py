# Rendered by 'trainyard deploy airflow --target cluster' from demo.yaml: change that file, and render again.
# Needs the package apache-airflow-providers-apache-spark and, where the job is submitted, spark-submit with Java 17.
from datetime import timedelta

import pendulum
from airflow import DAG
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

with DAG(
    dag_id="demo",
    schedule="0 3 * * *",
    start_date=pendulum.datetime(2025, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    tags=["trainyard"],
):
    SparkSubmitOperator(
        task_id="run",
        conn_id="spark_default",
        deploy_mode="client",
        name="demo",
        application="s3a://bucket/trainyard/trainyard.jar",
        java_class="io.trainyard.jobs.command.Main",
        application_args=[
            "run",
            "s3a://bucket/trainyard/demo.yaml",
            "--target",
            "cluster",
            "--as-of",
            "{{ (data_interval_end if data_interval_end is defined and data_interval_end else dag_run.run_after).isoformat() }}",
        ],
        conf={
            "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
            "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
            "spark.sql.session.timeZone": "UTC",
            "spark.ui.showConsoleProgress": "false",
            "spark.dynamicAllocation.enabled": "false",
            "spark.redaction.regex": "(?i)secret|password|token|credential|access[._-]?key|api[._-]?key|private[._-]?key|sas",
            "spark.hadoop.trainyard.storage.single-writer": "true",
            "spark.driver.cores": "4",
            "spark.driver.memory": "4g",
            "spark.executor.instances": "2",
            "spark.executor.cores": "4",
            "spark.executor.memory": "8g",
            "spark.executor.memoryOverhead": "4g",
        },
        env_vars={
            "TRAINYARD_HASH_KEY": "{{ var.value.get('trainyard/hash-key') }}",
        },
        retries=2,
        retry_delay=timedelta(minutes=5),
        execution_timeout=timedelta(seconds=21600),
    )
