#!/usr/bin/env bash
# Rendered by 'trainyard deploy docker --target cluster' from demo.yaml: change that file, and render again.
# Secrets come from the variables of the one who starts it: TRAINYARD_HASH_KEY
set -euo pipefail
exec docker run --rm --read-only --tmpfs /tmp:exec \
  --cap-drop ALL --security-opt no-new-privileges \
  --name demo \
  --env TRAINYARD_HASH_KEY \
  registry.example/trainyard:0.1.0 \
  /opt/spark/bin/spark-submit --master spark://spark-master:7077 \
  --name demo \
  --class io.trainyard.jobs.command.Main \
  --deploy-mode client \
  --conf spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension \
  --conf spark.sql.catalog.spark_catalog=org.apache.spark.sql.delta.catalog.DeltaCatalog \
  --conf spark.sql.session.timeZone=UTC \
  --conf spark.ui.showConsoleProgress=false \
  --conf spark.dynamicAllocation.enabled=false \
  --conf 'spark.redaction.regex=(?i)secret|password|token|credential|access[._-]?key|api[._-]?key|private[._-]?key|sas' \
  --conf spark.hadoop.trainyard.storage.single-writer=true \
  --conf spark.driver.cores=4 \
  --conf spark.driver.memory=4g \
  --conf spark.executor.instances=2 \
  --conf spark.executor.cores=4 \
  --conf spark.executor.memory=8g \
  --conf spark.executor.memoryOverhead=4g \
  --conf spark.sql.warehouse.dir=/tmp/spark-warehouse \
  local:///opt/trainyard/trainyard.jar run s3a://bucket/trainyard/demo.yaml --target cluster
