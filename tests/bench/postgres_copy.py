#!/usr/bin/python3
"""postgres_copy.py IMPORT_BENCH [--attributions N] [--rounds N]

Headwater's import over loopback beside PostgreSQL 15's COPY of the same attributions, and of as many claims, in turns.

PostgreSQL stores rows with foreign keys, the indexes that the same questions want (by source, by document, by claim and
stance, by date; citations both ways) and for claims a full-text index. Headwater stores besides every revision with its
salted digest, actor and time, what each key is referred to by, and checks every field; it answers once what it took is on the disk, chunk
by chunk, where COPY is one transaction. A PostgreSQL of its own is started, on a socket in a temporary folder; each round copies
into tables that hold what the rounds before left, as the import does. Of claims there is PostgreSQL's figure alone.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

from postgres import BIN, Postgres, copy

TABLES = """
CREATE TABLE source (id text PRIMARY KEY, name text NOT NULL);
CREATE TABLE document (id text PRIMARY KEY, title text NOT NULL, publisher text REFERENCES source, published date);
CREATE TABLE claim (id text PRIMARY KEY, text text NOT NULL, language text NOT NULL, nature smallint NOT NULL,
  words tsvector GENERATED ALWAYS AS (to_tsvector('english', text)) STORED);
CREATE INDEX ON claim USING gin (words);
CREATE TABLE attribution (claim text NOT NULL REFERENCES claim, id text NOT NULL, source text NOT NULL REFERENCES source,
  document text NOT NULL REFERENCES document, stance smallint NOT NULL, said date, recorded timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (claim, id));
CREATE INDEX ON attribution (source);
CREATE INDEX ON attribution (document);
CREATE INDEX ON attribution (claim, stance);
CREATE INDEX ON attribution (said);
CREATE TABLE citation (claim text NOT NULL, citing text NOT NULL, cited text NOT NULL, PRIMARY KEY (claim, citing, cited),
  FOREIGN KEY (claim, citing) REFERENCES attribution, FOREIGN KEY (claim, cited) REFERENCES attribution);
CREATE INDEX ON citation (claim, cited);
"""


def number(prefix, value):
    return f"{prefix}{1_000_000 + value}"


def claims(first, end):
    text = "The engineers did not complete a training run, {}."
    return copy("claim (id, text, language, nature)", (f"{number('c', i)}\t{text.format(number('c', i))}\ten\t1\n" for i in range(first, end)))


def ground(attributions):
    sources = attributions // 100 + 1
    yield copy("source", (f"{number('s', i)}\tThe outlet {number('s', i)}\n" for i in range(sources)))
    documents = (
        f"{number('d', i)}\tWhat was told on day {number('d', i)}\t{number('s', i % sources)}\t2025-08-05\n" for i in range(4 * sources)
    )
    yield copy("document", documents)
    yield claims(0, attributions // 20 + 1)


def share(attributions, first, end):
    """As import_bench has them: of 20 on a claim the first asserts, and each cites the one before."""
    sources = attributions // 100 + 1
    rows = (
        f"{number('c', i // 20)}\t{number('a', i)}\t{number('s', i % sources)}\t{number('d', i % (4 * sources))}\t{1 if i % 20 == 0 else 6}\t2025-08-05\n"
        for i in range(first, end)
    )
    citations = (f"{number('c', i // 20)}\t{number('a', i)}\t{number('a', i - 1)}\n" for i in range(first, end) if i % 20 != 0)
    return copy("attribution (claim, id, source, document, stance, said)", rows), copy("citation", citations)


def seconds(postgres, folder, name, text):
    """One transaction's, whose input is there already."""
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, 0o644)
    begun = time.monotonic()
    postgres.run(BIN / "psql", "-h", folder, "-U", "bench", "-qAt", "-1", "-v", "ON_ERROR_STOP=1", "-f", path, "postgres")
    return time.monotonic() - begun


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("import_bench")
    parser.add_argument("--attributions", type=int, default=200_000, help="a round's")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    if not BIN.exists():
        sys.exit("PostgreSQL 15 is not here: install Debian's postgresql-15")
    each, total = arguments.attributions // 20 * 20, arguments.attributions // 20 * 20 * arguments.rounds
    figures = {"alone": [], "attributions": [], "claims": [], "import": []}
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        postgres = Postgres(folder)
        try:
            postgres.sql(TABLES)
            for text in ground(total):
                postgres.sql(text)
            for turn in range(arguments.rounds):
                attributions, citations = share(total, turn * each, (turn + 1) * each)
                alone = seconds(postgres, folder, "attributions.sql", attributions)
                figures["alone"].append(each / alone)
                figures["attributions"].append(each / (alone + seconds(postgres, folder, "citations.sql", citations)))
                first = 1_000_000 + turn * each
                figures["claims"].append(each / seconds(postgres, folder, "claims.sql", claims(first, first + each)))
                command = [arguments.import_bench, "--alone", "--attributions", str(each), "--rounds", "1"]
                out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                figures["import"].append(float(re.search(r"import over loopback: (\d+)", out).group(1)))
        finally:
            postgres.stop()
    names = {
        "alone": "PostgreSQL, COPY of attributions without their citations",
        "attributions": "PostgreSQL, COPY of attributions and citations",
        "claims": "PostgreSQL, COPY of claims",
        "import": "Headwater, import of the attributions over loopback",
    }
    for side, name in names.items():
        print(f"{name}: {', '.join(f'{rate:,.0f}' for rate in figures[side])} a second")
    ratio = statistics.median(figures["import"]) / statistics.median(figures["attributions"])
    print(f"import / COPY of attributions and citations, medians: {ratio:.2f}")


main()
