#!/usr/bin/python3
"""search_postgres.py TEXTS [--keep DIR]

PostgreSQL 15's full-text search over what `search_bench --texts TEXTS` indexed and asked: a column of tsvector with a GIN
index, the best ten of what has any of the words (as search_bench asks) by ts_rank_cd, and of what has all of them, which is
PostgreSQL's own way. Each question is asked by psql over a socket, once to warm up and once for the record, as psql's \\timing
tells it. A PostgreSQL of its own is started as postgres_chain.py does.
"""

import argparse
import collections
import os
import pathlib
import re
import tempfile
import time

from postgres import Postgres

QUERY = (
    "SELECT id FROM claim, to_tsquery('simple', '{}') query WHERE words @@ query ORDER BY ts_rank_cd(words, query) DESC LIMIT 10;"
)


def fill(postgres, texts):
    postgres.sql("CREATE TABLE claim (id int PRIMARY KEY, text text NOT NULL, words tsvector NOT NULL);")
    begin = time.monotonic()
    postgres.sql("CREATE TEMP TABLE loaded (id int, text text);\n" + "COPY loaded FROM STDIN;\n"
                 + (texts / "claims.tsv").read_text(encoding="utf-8") + "\\.\n"
                 + "INSERT INTO claim SELECT id, text, to_tsvector('simple', text) FROM loaded;\n"
                 + "CREATE INDEX ON claim USING gin (words);")
    took = time.monotonic() - begin
    postgres.sql("VACUUM FREEZE ANALYZE;")
    claims = int(postgres.sql("SELECT count(*) FROM claim;"))
    index = int(postgres.sql("SELECT pg_relation_size('claim_words_idx') + sum(pg_column_size(words)) FROM claim;"))
    print(f"PostgreSQL: {claims / took:,.0f} claims a second indexed, {index / claims:.0f} bytes of index and tsvector for each", flush=True)


def ask(postgres, questions, joint):
    script = "\\timing on\n\\o /dev/null\n" + "".join(QUERY.format(joint.join(text.split())) + "\n" for text in questions)
    out = postgres.sql(script)
    return [float(each) for each in re.findall(r"Time: ([\d.]+) ms", out)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=pathlib.Path)
    parser.add_argument("--questions", type=int, default=50, help="of each kind at most")
    parser.add_argument("--keep", help="a folder for PostgreSQL, used again by the next run")
    arguments = parser.parse_args()
    questions = collections.defaultdict(list)
    for line in (arguments.texts / "questions.tsv").read_text(encoding="utf-8").splitlines():
        kind, text = line.split("\t")
        if len(questions[kind]) < arguments.questions:
            questions[kind].append(text)
    with tempfile.TemporaryDirectory() as temporary:
        folder = os.path.join(arguments.keep or temporary, "postgres")
        os.chmod(arguments.keep or temporary, 0o755)
        os.makedirs(folder, exist_ok=True)
        postgres = Postgres(folder, "-c max_parallel_workers_per_gather=0")
        try:
            if postgres.is_new:
                fill(postgres, arguments.texts)
            for kind, texts in questions.items():
                for name, joint in (("any", " | "), ("all", " & ")):
                    ask(postgres, texts, joint)
                    took = sorted(ask(postgres, texts, joint))
                    print(f"PostgreSQL {name:4} {kind:16} p50 {took[len(took) // 2]:8.3f} ms  "
                          f"p99 {took[(len(took) - 1) * 99 // 100]:8.3f} ms  {1000 * len(took) / sum(took):8,.0f} a second", flush=True)
        finally:
            postgres.stop()


if __name__ == "__main__":
    main()
