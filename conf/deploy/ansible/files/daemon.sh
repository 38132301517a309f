#!/usr/bin/env bash
# Rendered by 'trainyard deploy ansible --target cluster' from demo.yaml: change that file, and render again.
# A daemon of Spark: daemon.sh CLASS ARGUMENTS
set -euo pipefail
export SPARK_HOME=/opt/trainyard/dist SPARK_SCALA_VERSION=2.12
read -r -a options <"$SPARK_HOME/java-options"
exec java "${options[@]}" -Xmx512m -cp "$SPARK_HOME/conf:$SPARK_HOME/jars/*" "$@"
