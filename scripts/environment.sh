# Sourced by the other scripts: where things are, what is needed, and the build.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
JAR=$ROOT/jobs/target/trainyard.jar
DIST=$ROOT/jobs/target/dist
LOG_FOLDER=$ROOT/.trainyard
MAIN=io.trainyard.jobs.command.Main
SOURCES=("$ROOT"/pom.xml "$ROOT"/*/pom.xml "$ROOT"/*/src/main) # a newer file than the jar means a build

# Workers look for it when they start executors; Spark's own start scripts set it.
export SPARK_SCALA_VERSION=2.12

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

java_is_17_or_newer() {
  command -v java >/dev/null && command -v javac >/dev/null || return 1
  local version
  version=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
  [ "${version:-0}" -ge 17 ]
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "Cannot install $*: neither root nor sudo. Install a JDK 17, Maven and libgomp1 yourself, then run this again."
  fi
}

# Installs what is missing with the system's package manager, saying so.
install_missing() {
  local missing=()
  java_is_17_or_newer || missing+=(openjdk-17-jdk-headless)
  command -v mvn >/dev/null || missing+=(maven)
  if [ "$(uname -s)" = Linux ] && ! { ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | grep -q 'libgomp\.so\.1'; then
    missing+=(libgomp1) # XGBoost's native library needs it, and slim images lack it
  fi
  [ ${#missing[@]} = 0 ] && return 0
  command -v apt-get >/dev/null ||
    fail "Missing: ${missing[*]}. Install a JDK 17 or newer and Maven 3.8 or newer (macOS: brew install openjdk@17 maven), then run this again."
  say "Installing ${missing[*]} with apt-get"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

is_built() {
  [ -f "$JAR" ] && [ -f "$DIST/RELEASE" ] || return 1
  local newer
  newer=$(find "${SOURCES[@]}" -newer "$JAR" -type f -print -quit)
  [ -z "$newer" ]
}

# Builds the jar and the distribution if a source is newer than they are. Maven's own output goes to a file. Two commands that
# find a build missing at once must not build into one folder: the second waits for the first, where the system has flock.
build_if_needed() {
  if is_built; then
    return 0
  fi
  mkdir -p "$LOG_FOLDER"
  (
    if command -v flock >/dev/null; then
      flock 9
      is_built && exit 0
    fi
    build
  ) 9>"$LOG_FOLDER/build.lock"
}

build() {
  say "Building (log: $LOG_FOLDER/build.log)"
  # Modules, one line each, are what a user wants to see of a build that may download for minutes.
  if ! (cd "$ROOT" && mvn -B -ntp -DskipTests package 2>&1) | tee "$LOG_FOLDER/build.log" |
    sed -un 's/^\[INFO\] Building \(Trainyard: .*\) [0-9][^ ]* *\[\(.*\)\]$/  [\2] \1/p' >&2; then
    tail -n 30 "$LOG_FOLDER/build.log" >&2
    fail "The build failed; the whole log is in $LOG_FOLDER/build.log"
  fi
  touch "$JAR"
}

# What Spark needs of Java 17, as the build took it from Spark itself.
java_options() { cat "$DIST/java-options"; }

# The command line in this process: local mode unless a master is given by spark-submit.
trainyard() {
  mkdir -p "$LOG_FOLDER"
  local options
  read -r -a options <<<"$(java_options) ${TRAINYARD_JAVA_OPTIONS:-}"
  [ -t 2 ] && options+=(-Dtrainyard.terminal=true)
  java "${options[@]}" -XX:+UseParallelGC -Dlog4j2.configurationFile="$ROOT/conf/log4j2.properties" \
    -Dtrainyard.log="${TRAINYARD_LOG:-$LOG_FOLDER/trainyard.log}" -cp "$JAR:$DIST/jars/*" "$MAIN" "$@"
}
