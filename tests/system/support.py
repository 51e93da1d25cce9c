"""What a system test stands on: a real mandated with a database of its own, and the real command."""
import datetime
import http.client
import json
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = TOP / "config/data/samples/E-RES-2004-23.txt"
PATIENCE = 120  # seconds; a limit, never a measure


class Failure(Exception):
    pass


def equal(got, wanted, what):
    if got != wanted:
        raise Failure(f"{what}: got {got!r}, wanted {wanted!r}")


def contains(text, part, what):
    if part not in text:
        raise Failure(f"{what}: {part!r} is not in {text!r}")


def wait_for(condition, what):
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise Failure(f"waited in vain for: {what}")


class UnixHTTP(http.client.HTTPConnection):
    def __init__(self, path, timeout=PATIENCE):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Service:
    """A daemon in a directory of its own. Use as a context: it and its database are stopped at the end."""

    def __init__(self, binaries, config=None, place=None):
        self.binaries = pathlib.Path(binaries).resolve()
        self.place = pathlib.Path(place or tempfile.mkdtemp(prefix="mandate-system."))
        self.place.chmod(0o755)
        self.owns_place = place is None
        self.state = self.place / "state"
        self.socket = str(self.place / f"s{id(self) % 10000}.sock")
        self.log = self.place / f"mandated{id(self) % 10000}.log"
        self.config = None
        if config is not None:
            self.config = self.place / f"mandated{id(self) % 10000}.conf"
            self.config.write_text(config)
        self.process = None
        self.clock = []  # words that move the daemon's clock

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.stop()
        finally:
            if self.process is not None:
                self.kill()
            self.kill_database()
            if self.owns_place:
                shutil.rmtree(self.place, ignore_errors=True)

    def start(self, wait=True):
        command = [self.binaries / "mandated", "--state", self.state, "--socket", self.socket]
        if self.config is not None:
            command += ["--config", self.config]
        command += self.clock
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            if wait:
                wait_for(lambda: self.alive() and self.health() == 200, "mandated to serve")
        except Failure:
            self.__exit__()
            raise
        return self

    def at(self, moment):
        """Starts the daemon (again) with its clock at a moment, as 2005-06-01T09:30:00 in UTC."""
        self.stop()
        moment = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.timezone.utc)
        self.clock = ["--clock-offset", str(round(moment.timestamp() - time.time()))]
        return self.start()

    def tail(self):
        return self.log.read_text()[-800:] if self.log.exists() else ""

    def alive(self):
        if self.process.poll() is not None:
            raise Failure(f"mandated ended with {self.process.returncode}: {self.tail()}")
        return True

    def stop(self):
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=PATIENCE)
        self.process = None
        return code

    def kill(self):
        self.process.kill()
        self.process.wait()

    def postmaster(self):
        path = self.state / "postgresql/data/postmaster.pid"
        try:
            return int(path.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None

    def kill_database(self):
        pid = self.postmaster()
        try:
            if pid and os.readlink(f"/proc/{pid}/cwd") == str(self.state / "postgresql/data"):
                os.kill(pid, signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError):
            pass

    def run(self, *words, input=None, key=None, code=0, env=None):
        """Runs the command; returns its output. code None: any, and returns the finished process."""
        command = [str(self.binaries / "mandate"), *map(str, words)]
        if key is not None:
            command += ["--key", key]
        done = subprocess.run(command, input=input, capture_output=True, text=True, timeout=PATIENCE,
                              env={**os.environ, "MANDATE_SOCKET": self.socket, "NO_COLOR": "1", **(env or {})})
        if code is None:
            return done
        if done.returncode != code:
            raise Failure(f"mandate {' '.join(map(str, words))}: exit {done.returncode}, wanted {code}: "
                          f"{done.stdout[-300:]} {done.stderr[-600:]}")
        return done.stdout if code == 0 else done.stderr

    def json(self, *words, **more):
        return json.loads(self.run(*words, "--format", "json", **more))

    def sql(self, statement, check=True):
        done = subprocess.run(["psql", "-h", str(self.state / "postgresql"), "-U", "postgres", "-qAtX", "-c", statement],
                              capture_output=True, text=True, timeout=PATIENCE, **as_cluster_user())
        if check and done.returncode != 0:
            raise Failure(f"psql: {done.stderr}")
        return done.stdout.strip() if check else done

    def request(self, method, path, body=None, headers=None):
        connection = UnixHTTP(self.socket)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read(), dict(answer.getheaders())
        finally:
            connection.close()

    def health(self):
        try:
            return self.request("GET", "/healthz")[0]
        except OSError:
            return None

    def founding(self):
        """The founding document, confirmed and adopted."""
        self.run("import", SAMPLE, "--confirm")
        self.run("resolution", "adopt", "E/RES/2004/23", "--as", "A/RES/59/157", "--on", "2004-12-20")
        return self

    def updates(self):
        return self.json("audit", "verify")["updates"]


def as_cluster_user():
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class Cluster:
    """A PostgreSQL of the test's own, for daemons that are told to use one."""

    def __init__(self, place):
        self.programs = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))[-1]
        self.place = pathlib.Path(place) / "elsewhere"
        self.place.mkdir()
        self.place.chmod(0o755)
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.place, user.pw_uid, user.pw_gid)
        self.call("initdb", "-D", self.place / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")

    def call(self, program, *words):
        done = subprocess.run([self.programs / program, *map(str, words)], capture_output=True, text=True,
                              cwd=self.place, timeout=PATIENCE, **as_cluster_user())
        if done.returncode != 0:
            raise Failure(f"{program}: {done.stderr or done.stdout}")

    def start(self):
        subprocess.run([self.programs / "pg_ctl", "-D", self.place / "data", "-l", self.place / "log", "-o",
                        f"-k {self.place} -c listen_addresses=''", "-w", "start"], check=True, cwd=self.place,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_cluster_user())
        return self

    def stop(self):
        subprocess.run([self.programs / "pg_ctl", "-D", self.place / "data", "-m", "immediate", "stop"], cwd=self.place,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_cluster_user())

    def config(self):
        return (f'database = "host={self.place} dbname=postgres user=mandate_service";\n'
                f'database_owner = "host={self.place} dbname=postgres user=postgres";\n')
