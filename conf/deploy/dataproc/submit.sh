#!/usr/bin/env bash
# Rendered by 'trainyard deploy dataproc --target dataproc' from demo.yaml: change that file, and render again.
set -euo pipefail
exec gcloud dataproc batches submit spark \
  --project fraud-models \
  --region europe-west1 \
  --version 1.2 \
  --batch "demo-$(date -u +%Y%m%d-%H%M%S)" \
  --ttl 21600s \
  --class io.trainyard.jobs.command.Main \
  --jars gs://bucket/trainyard/trainyard.jar,gs://bucket/trainyard/delta-spark_2.12-3.3.2.jar,gs://bucket/trainyard/delta-storage-3.3.2.jar \
  --properties '^;^spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension;spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog;spark.sql.session.timeZone=UTC;spark.ui.showConsoleProgress=false;spark.dynamicAllocation.enabled=false;spark.redaction.regex=(?i)secret|password|token|credential|access[._-]?key|api[._-]?key|private[._-]?key|sas;spark.hadoop.trainyard.storage.single-writer=true;spark.driver.cores=4;spark.driver.memory=4g;spark.executor.instances=2;spark.executor.cores=4;spark.executor.memory=8g;spark.executor.memoryOverhead=4g' \
  -- run gs://bucket/trainyard/demo.yaml --target dataproc
