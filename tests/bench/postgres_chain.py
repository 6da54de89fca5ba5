#!/usr/bin/python3
"""postgres_chain.py MAIN_JOB [--claims N] [--seconds S] [--rounds N] [--keep DIR]

A claim's assessment by Headwater against the chain alone by PostgreSQL 15, on the same claims, in turns: main_job's store
(of every 20 claims 2 have 22 attributions, 9 a chain of 4 with 5 voices, each attribution citing the one before), and the same rows in
tables with the indexes that the query wants. The query walks from the last attribution of a random claim of those with a
chain to its origin, by recursion over LATERAL, and joins the sources' names; pgbench sends it, prepared, from 1, 2, 8 and 32
clients, the best of which counts. Its plan is printed first, and has to be one of index scans alone: left to itself the planner
hashes all sources for every query in a large store, so that is forbidden to it; what it reaches so is told too. What PostgreSQL does not do here: voices, lines,
standing, words. A PostgreSQL of its own is started, on a socket in a temporary folder (or in DIR, where all stays and is
used again), with the whole store read into its buffers.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile

from postgres_server import BIN, Postgres

CHAIN = """\\set turn random(0, {turns} - 1)
\\set place random(1, 9)
WITH RECURSIVE chain AS (
  SELECT a.id, a.source, 0 AS depth FROM attribution a WHERE a.claim = :turn * 20 + :place AND a.place = 3
  UNION ALL
  SELECT n.id, n.source, c.depth + 1 FROM chain c CROSS JOIN LATERAL (
    SELECT a.id, a.source FROM citation x JOIN attribution a ON a.id = x.cited WHERE x.citing = c.id) n)
SELECT c.depth, s.name FROM chain c CROSS JOIN LATERAL (SELECT name FROM source s WHERE s.id = c.source) s;
"""
# A hash of a whole table for each query is never right here; the planner, which expects ten citations where there is one,
# may take it for right in a large store.
PLANS = "-c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off -c enable_material=off"
TABLES = """
CREATE TABLE source (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE claim (id int PRIMARY KEY, text text NOT NULL);
CREATE TABLE attribution (id bigint PRIMARY KEY, claim int NOT NULL REFERENCES claim, place int NOT NULL,
  source int NOT NULL REFERENCES source, document int NOT NULL, stance smallint NOT NULL, basis smallint NOT NULL,
  said date, quote text);
CREATE EXTENSION pg_prewarm;
CREATE TABLE citation (citing bigint REFERENCES attribution, cited bigint REFERENCES attribution, PRIMARY KEY (citing, cited));
"""


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
    postgres.sql("CREATE INDEX ON attribution (claim, place) INCLUDE (id, source);")
    postgres.sql("CREATE INDEX ON attribution (id) INCLUDE (source); CREATE INDEX ON source (id) INCLUDE (name);")
    postgres.sql("VACUUM FREEZE ANALYZE;")
    postgres.sql("CHECKPOINT;")


def warm(postgres):
    """Reads all there is into the buffers."""
    relations = "SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i')"
    postgres.sql(f"SELECT sum(pg_prewarm(oid)) FROM ({relations}) all_of_them;")


def plan_of(postgres):
    """As it is used from the sixth execution on: of no claim in particular."""
    query = CHAIN.split("\n", 2)[2].replace(":turn", "$1").replace(":place", "$2").strip().rstrip(";")
    prepare = f"SET plan_cache_mode = force_generic_plan; PREPARE chain(int, int) AS {query};"
    return postgres.sql(prepare + "EXPLAIN (ANALYZE, BUFFERS) EXECUTE chain(100, 5);")


def chains_a_second(postgres, script, seconds, clients, options=""):
    out = postgres.run(
        *("env", f"PGOPTIONS={options}"),
        *(BIN / "pgbench", "-h", postgres.folder, "-U", "bench", "-n", "-M", "prepared", "-c", clients, "-j", 2),
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
    parser.add_argument("--keep", help="a folder for both stores, which stay there and are used if they are there")
    arguments = parser.parse_args()
    if not BIN.exists():
        sys.exit("PostgreSQL 15 is not here: install Debian's postgresql-15")
    with tempfile.TemporaryDirectory() as temporary:
        kept = arguments.keep or temporary
        os.chmod(kept, 0o755)
        folder, data = os.path.join(kept, "postgres"), os.path.join(kept, "headwater")
        os.makedirs(folder, exist_ok=True)
        os.makedirs(data, exist_ok=True)
        postgres = Postgres(folder, PLANS)
        try:
            if postgres.is_new:
                fill(postgres, arguments.claims)
            warm(postgres)
            print(plan_of(postgres))
            script = os.path.join(folder, "chain.sql")
            with open(script, "w", encoding="utf-8") as file:
                file.write(CHAIN.format(turns=arguments.claims // 20))
            os.chmod(script, 0o644)
            chains_a_second(postgres, script, 2, 8)  # each backend's own caches
            chains = {clients: [] for clients in (1, 2, 8, 32)}

            def turn():
                for clients, rates in chains.items():
                    rates.append(chains_a_second(postgres, script, arguments.seconds, clients))

            turn()
            ours = assessments_a_second(arguments, data, arguments.rounds)
            for _ in range(arguments.rounds - 1):
                turn()
            left_alone = chains_a_second(postgres, script, arguments.seconds, 8, PLANS.replace("=off", "=on"))
        finally:
            postgres.stop()
    for clients, rates in chains.items():
        print(f"PostgreSQL, the chain of 4 alone, {clients} clients: {', '.join(f'{rate:,.0f}' for rate in rates)} a second")
    print(f"PostgreSQL, its planner left to itself, 8 clients: {left_alone:,.0f} a second")
    chain = max(statistics.median(rates) for rates in chains.values())
    for name, rate in ours.items():
        print(f"Headwater, {name}: {rate:,.0f} a second, {rate / chain:.2f} times the best, "
              f"{rate / left_alone:.2f} times the planner left to itself")


main()
