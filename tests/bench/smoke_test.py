"""Runs main_job for a moment and looks whether every figure is there: smoke_test.py MAIN_JOB"""

import json
import subprocess
import sys
import tempfile

READ_SIDES = ["headwater, 64", "echo of", "headwater, 1", "echo, 1", "headwater without", "RocksDB alone"]
WANTED = {
    "GetClaim": READ_SIDES,
    "ListAttributions": READ_SIDES,
    "TraceClaim": READ_SIDES,
    "AssessClaim": ["assess, 64", "get, 64", "assess, 8", "assess without", "get without", "echo of", "assess, 50 a call"],
    "CreateAttribution": ["headwater, 64", "bare group commit, 64", "headwater, 1", "bare group commit, 1",
                          "RocksDB alone", "echo of"],
}


def main(binary):
    with tempfile.NamedTemporaryFile() as file:
        printed = subprocess.run([binary, "--smoke", "--json", file.name], check=True, capture_output=True,
                                 text=True).stdout
        comparisons = json.load(open(file.name, encoding="utf-8"))
    assert [comparison["name"] for comparison in comparisons] == list(WANTED), comparisons
    for comparison in comparisons:
        sides = comparison["sides"]
        assert len(sides) == len(WANTED[comparison["name"]]), sides
        for side, beginning in zip(sides, WANTED[comparison["name"]]):
            assert side["name"].startswith(beginning), side
            assert side["rate"] > 0 and side["cpu_micros"] > 0, side
            assert side["name"] in printed, side
        assert len(comparison["ratios"]) >= 2
        for ratio in comparison["ratios"]:
            assert ratio["ratio"] > 0 and ratio["name"] in printed, ratio


main(sys.argv[1])
