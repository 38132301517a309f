#!/usr/bin/env bash
# @HEAD@
# Does nothing while an earlier start still runs.
set -euo pipefail
exec 9>/var/lib/trainyard/@LABEL@.lock
flock --nonblock 9 || { echo "@LABEL@ runs already" >&2; exit 0; }
set -a
# shellcheck disable=SC1091
. @HOME@/environment
set +a
export SPARK_HOME=@HOME@/dist SPARK_SCALA_VERSION=2.12
read -r -a options <"$SPARK_HOME/java-options"

job() {
  @TIMEOUT@java "${options[@]}" -Xmx@MEMORY@ -cp "$SPARK_HOME/conf:$SPARK_HOME/jars/*" \
    org.apache.spark.deploy.SparkSubmit --master @MASTER@ --name @NAME@ --class @MAIN@ \
    @HOME@/trainyard.jar @ARGUMENTS@
}

@ATTEMPTS@
