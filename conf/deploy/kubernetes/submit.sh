#!/usr/bin/env bash
# Rendered by 'trainyard deploy kubernetes --target cluster' from demo.yaml: change that file, and render again.
# The job by spark-submit, for clusters without the Spark operator.
set -euo pipefail
cd "$(dirname "$0")"
server=$(kubectl config view --minify --output 'jsonpath={.clusters[0].cluster.server}')
exec "${SPARK_HOME:?is not set}"/bin/spark-submit --master k8s://"$server" \
  --name demo \
  --class io.trainyard.jobs.command.Main \
  --deploy-mode cluster \
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
  --conf spark.kubernetes.namespace=default \
  --conf spark.kubernetes.authenticate.driver.serviceAccountName=spark \
  --conf spark.kubernetes.container.image=registry.example/trainyard:0.1.0 \
  --conf spark.kubernetes.driver.podTemplateFile=driver-template.yaml \
  --conf spark.kubernetes.driver.podTemplateContainerName=spark-kubernetes-driver \
  --conf spark.kubernetes.executor.podTemplateFile=executor-template.yaml \
  --conf spark.kubernetes.executor.podTemplateContainerName=spark-kubernetes-executor \
  --conf spark.kubernetes.driver.secretKeyRef.TRAINYARD_HASH_KEY=trainyard:hash-key \
  local:///opt/trainyard/trainyard.jar run s3a://bucket/trainyard/demo.yaml --target cluster
