#!/usr/bin/env bash
# Rendered by 'trainyard deploy cron --target cluster' from demo.yaml: change that file, and render again.
# Does nothing while an earlier start still runs. Exit code 2 is a mistake in the pipeline file, and not tried again.
set -euo pipefail
exec 9>"${TMPDIR:-/tmp}"/demo.lock
flock --nonblock 9 || { echo "demo runs already" >&2; exit 0; }
environment=/opt/trainyard/environment
[ "$(stat -c %a "$environment")" = 600 ] || { echo "$environment must have mode 600" >&2; exit 2; }
set -a
# shellcheck disable=SC1090
. "$environment"
set +a

job() {
  timeout 21600 "${SPARK_HOME:-/opt/spark}"/bin/spark-submit --master spark://spark-master:7077 \
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
    s3a://bucket/trainyard/trainyard.jar run s3a://bucket/trainyard/demo.yaml --target cluster
}

for attempt in $(seq 3); do
  code=0
  job || code=$?
  case $code in 0 | 2) exit "$code" ;; esac
  echo "attempt $attempt ended with exit code $code" >&2
done
exit "$code"
