#!/usr/bin/python3
"""postgres_chain.py MAIN_JOB [--claims N] [--seconds S] [--rounds N]

A claim's assessment by Headwater against the chain alone by PostgreSQL 15, on the same claims, in turns: main_job's store
(of every 20 claims 2 have 22 attributions, 9 a chain of 4 with 5 voices, each attribution citing the one before), and the same rows in
tables with the indexes that the query wants. The query walks from the last attribution of a random claim of those with a
chain to its origin, by recursion over LATERAL, and joins the sources' names; pgbench sends it, prepared, from 8 clients.
What PostgreSQL does not do here: voices, lines, standing, words. A PostgreSQL of its own is started, on a socket in a
temporary folder, with the whole store in its buffers.
"""

import argparse
import json
import os
import pathlib
import pwd
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
CHAIN = """\\set turn random(0, {turns} - 1)
\\set place random(1, 9)
WITH RECURSIVE chain AS (
  SELECT a.id, a.source, 0 AS depth FROM attribution a WHERE a.claim = :turn * 20 + :place AND a.place = 3
  UNION ALL
  SELECT n.id, n.source, c.depth + 1 FROM chain c CROSS JOIN LATERAL (
    SELECT a.id, a.source FROM citation x JOIN attribution a ON a.id = x.cited WHERE x.citing = c.id) n)
SELECT c.depth, s.name FROM chain c CROSS JOIN LATERAL (SELECT name FROM source s WHERE s.id = c.source) s;
"""
TABLES = """
CREATE TABLE source (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE claim (id int PRIMARY KEY, text text NOT NULL);
CREATE TABLE attribution (id bigint PRIMARY KEY, claim int NOT NULL REFERENCES claim, place int NOT NULL,
  source int NOT NULL REFERENCES source, document int NOT NULL, stance smallint NOT NULL, basis smallint NOT NULL,
  said date, quote text);
CREATE TABLE citation (citing bigint REFERENCES attribution, cited bigint REFERENCES attribution, PRIMARY KEY (citing, cited));
"""


class Postgres:
    """A server of its own, gone with the folder."""

    def __init__(self, folder):
        self.folder = folder
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        shutil.chown(folder, self.user)
        self.run(BIN / "initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "bench")
        options = f"-k {folder} -h '' -c shared_buffers=2GB -c max_wal_size=8GB -c jit=off"
        self.run(BIN / "pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-w", "-o", options, "start")

    def stop(self):
        self.run(BIN / "pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")

    def run(self, *command, stdin=None):
        if os.geteuid() == 0:
            command = ("runuser", "-u", self.user, "--", *command)
        done = subprocess.run([str(c) for c in command], input=stdin, capture_output=True, text=True, check=False, cwd="/")
        if done.returncode != 0:
            sys.exit(f"{command}: {done.stderr}")
        return done.stdout

    def sql(self, text):
        return self.run(BIN / "psql", "-h", self.folder, "-U", "bench", "-q", "-v", "ON_ERROR_STOP=1", "postgres", stdin=text)


def attributions_of(claim):
    if claim % 10 == 0:
        return 22
    return 4 if claim % 20 < 10 else 0


def copy(table, rows):
    return f"COPY {table} FROM STDIN;\n" + "".join(rows) + "\\.\n"


def fill(postgres, claims):
    postgres.sql(TABLES)
    sources, documents = claims // 50, claims // 5
    postgres.sql(copy("source", (f"{i}\tThe Daily Record no. {i:06}\n" for i in range(sources))))
    text = "The engineers of laboratory {:08} did not bring the second training run to an end in the spring."
    postgres.sql(copy("claim", (f"{i}\t{text.format(i)}\n" for i in range(claims))))

    def document(c, p):  # as dataset.cc has it
        return (c * 7 + p + (5 if p == 0 else 0)) % sources + sources * (c % 10)

    places = [(c, p) for c in range(claims) for p in range(attributions_of(c))]
    postgres.sql(
        copy(
            "attribution",
            (
                f"{c * 100 + p}\t{c}\t{p}\t{(c * 7 + p) % sources}\t{document(c, p) % documents}\t{1 if p == 0 else 6}"
                f"\t{1 if p == 0 else 0}\t2025-05-14\tdid not bring the run to an end\n"
                for c, p in places
            ),
        )
    )
    postgres.sql(copy("citation", (f"{c * 100 + p}\t{c * 100 + p - 1}\n" for c, p in places if p > 0)))
    postgres.sql("CREATE INDEX ON attribution (claim, place) INCLUDE (id, source); VACUUM ANALYZE;")


def chains_a_second(postgres, script, seconds):
    out = postgres.run(
        *(BIN / "pgbench", "-h", postgres.folder, "-U", "bench", "-n", "-M", "prepared", "-c", 8, "-j", 2),
        *("-T", seconds, "-f", script, "postgres"),
    )
    return float(re.search(r"tps = ([\d.]+)", out).group(1))


def assessments_a_second(arguments, data, rounds):
    figures = os.path.join(data, "figures.json")
    subprocess.run(
        [arguments.main_job, "--only", "AssessClaim", "--side", "assess, ", "--claims", str(arguments.claims)]
        + ["--rounds", str(rounds), "--seconds", str(arguments.seconds), "--data-dir", data, "--json", figures],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with open(figures, encoding="utf-8") as file:
        sides = json.load(file)[0]["sides"]
    return {side["name"]: side["rate"] for side in sides}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("main_job")
    parser.add_argument("--claims", type=int, default=200_000)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    if not BIN.exists():
        sys.exit("PostgreSQL 15 is not here: install Debian's postgresql-15")
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as data:
        os.chmod(folder, 0o755)
        postgres = Postgres(folder)
        try:
            fill(postgres, arguments.claims)
            script = os.path.join(folder, "chain.sql")
            with open(script, "w", encoding="utf-8") as file:
                file.write(CHAIN.format(turns=arguments.claims // 20))
            os.chmod(script, 0o644)
            chains_a_second(postgres, script, 2)  # to warm it
            chains = [chains_a_second(postgres, script, arguments.seconds)]
            ours = assessments_a_second(arguments, data, arguments.rounds)
            chains += [chains_a_second(postgres, script, arguments.seconds) for _ in range(arguments.rounds - 1)]
        finally:
            postgres.stop()
    chain = statistics.median(chains)
    print(f"PostgreSQL, the chain of 4 alone, 8 clients: {chain:,.0f} a second ({', '.join(f'{c:,.0f}' for c in chains)})")
    for name, rate in ours.items():
        print(f"Headwater, {name}: {rate:,.0f} a second, {rate / chain:.2f} times that")


main()
