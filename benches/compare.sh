#!/usr/bin/env bash
# Whole-process comparison with ripgrep in one run: CPU seconds (user + system), the best of several runs.
#
#   benches/compare.sh [REPORT]
#
# 1. a cold start on one report, beside `rg` on the same file;
# 2. a thousand copies of it, beside `rg -F -f` over the same copies with the same literals.
# Needs: a release build, rg. Absolute times mean little between machines; the ratios are the result.
set -euo pipefail
cd "$(dirname "$0")/.."
report=${1:-rules/fazhi-township/tests/good-2024-town.txt}
hegui=target/release/hegui
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The least CPU seconds that a command took in so many runs.
cpu() {
    local runs=$1
    shift
    for _ in $(seq "$runs"); do
        { TIMEFORMAT='%U %S'; time "$@" >"$work/out" 2>/dev/null || true; } 2>&1 | tail -n 1
    done | awk '{ sum = $1 + $2; if (best == "" || sum < best) best = sum } END { printf "%.3f", best }'
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", b > 0 ? a / b : 0 }'; }

mkdir "$work/copies"
for number in $(seq 1000); do
    { cat "$report"; echo "第${number}份"; } >"$work/copies/$number.txt"
done
cargo bench --quiet --bench check -- --literals >"$work/literals"

# One start is below the clock's step: a hundred starts are timed together.
hundred() { for _ in $(seq 100); do "$@"; done; }
one=$(cpu 3 hundred "$hegui" check --fail-on never "$report")
one_rg=$(cpu 3 hundred rg -c 法治政府 "$report")
many=$(cpu 3 "$hegui" check --fail-on never --format json "$work/copies")
many_rg=$(cpu 3 rg --count-matches -F -f "$work/literals" "$work/copies")

echo "literals: $(wc -l <"$work/literals")"
echo "100 cold starts:  hegui ${one}s  rg ${one_rg}s  ratio $(ratio "$one" "$one_rg")"
echo "1,000 reports:    hegui ${many}s  rg ${many_rg}s  ratio $(ratio "$many" "$many_rg")"
