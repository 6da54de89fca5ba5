#!/usr/bin/python3
"""search_postgres.py FOLDER SEARCH_BENCH [its flags]

Runs search_bench with a PostgreSQL 15 beside it: started in FOLDER (kept, and used again by the next run, with what was
indexed), with a column of tsvector, a GIN index and ts_rank_cd. Only its socket in that folder is open.
"""

import os
import pathlib
import subprocess
import sys

from postgres import Postgres


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1]).absolute() / "postgres"
    os.makedirs(folder, exist_ok=True)
    os.chmod(folder.parent, 0o755)
    postgres = Postgres(str(folder), "-c max_parallel_workers_per_gather=0")
    try:
        where = f"host={folder} user=bench dbname=postgres"
        return subprocess.run([*sys.argv[2:], "--postgres", where], check=False).returncode
    finally:
        postgres.stop()


if __name__ == "__main__":
    sys.exit(main())
