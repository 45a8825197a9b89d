# Read by the scripts beside it: where things are, the Java of the benchmarks, and how they are built.
# shellcheck shell=bash disable=SC2034
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
benchmarks=$root/bench/target/benchmarks.jar

# Builds benchmarks and program where a source is newer than they are.
build_benchmarks() {
  if [ ! -f "$benchmarks" ] ||
    [ -n "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main -newer "$benchmarks" -type f -print -quit)" ]; then
    (cd "$root" && mvn -q -B -DskipTests -Pbench -pl bench,deploy -am package) >&2
    touch "$benchmarks" "$root/deploy/target/callscope.jar"
  fi
}
