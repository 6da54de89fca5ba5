"""A PostgreSQL 15 of a bench's own, on a socket in a folder."""

import os
import pathlib
import pwd
import shutil
import subprocess
import sys

BIN = pathlib.Path("/usr/lib/postgresql/15/bin")


class Postgres:
    """A server of its own, gone with the folder."""

    def __init__(self, folder, options):
        self.folder = folder
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        shutil.chown(folder, self.user)
        self.is_new = not os.path.exists(f"{folder}/data")
        if self.is_new:
            self.run(BIN / "initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "bench")
        options = f"-k {folder} -h '' -c shared_buffers=2GB -c max_wal_size=8GB -c jit=off {options}"
        self.run(BIN / "pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-w", "-o", options, "start")

    def stop(self):
        self.run(BIN / "pg_ctl", "-D", f"{self.folder}/data", "-m", "fast", "-w", "stop")

    def run(self, *command, stdin=None):
        if os.geteuid() == 0:
            command = ("runuser", "-u", self.user, "--", *command)
        done = subprocess.run([str(c) for c in command], input=stdin, capture_output=True, text=True, check=False, cwd="/")
        if done.returncode != 0:
            sys.exit(f"{command}: {done.stderr}")
        return done.stdout

    def sql(self, text):
        return self.run(BIN / "psql", "-h", self.folder, "-U", "bench", "-qAt", "-v", "ON_ERROR_STOP=1", "postgres", stdin=text)
