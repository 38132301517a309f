#!/usr/bin/env bash
# Rendered by 'trainyard deploy ansible --target cluster' from demo.yaml: change that file, and render again.
# Does nothing while an earlier start still runs.
set -euo pipefail
exec 9>/var/lib/trainyard/demo.lock
flock --nonblock 9 || { echo "demo runs already" >&2; exit 0; }
set -a
# shellcheck disable=SC1091
. /opt/trainyard/environment
set +a
export SPARK_HOME=/opt/trainyard/dist SPARK_SCALA_VERSION=2.12
read -r -a options <"$SPARK_HOME/java-options"

job() {
  timeout 21600 java "${options[@]}" -Xmx4g -cp "$SPARK_HOME/conf:$SPARK_HOME/jars/*" \
    org.apache.spark.deploy.SparkSubmit --master spark://spark-master:7077 --name demo --class io.trainyard.jobs.command.Main \
    /opt/trainyard/trainyard.jar run s3a://bucket/trainyard/demo.yaml --target cluster
}

for attempt in $(seq 3); do
  code=0
  job || code=$?
  case $code in 0 | 2) exit "$code" ;; esac
  echo "attempt $attempt ended with exit code $code" >&2
done
exit "$code"
