"""Daemons that wait, share, stop, reload, and are disturbed."""
import json
import signal
import socket
import subprocess
import threading

from support import Cluster, Failure, Service, UnixHTTP, contains, equal, wait_for


def test_a_daemon_waits_for_a_database_that_is_not_there_yet(binaries):
    holder = Service(binaries)
    cluster = Cluster(holder.place)
    try:
        with Service(binaries, cluster.config(), holder.place).start(wait=False) as s:
            wait_for(lambda: s.alive() and s.health() == 503, "503 while there is no database")
            status, body, headers = s.request("GET", "/v1/obligations")
            equal((status, headers.get("Retry-After")), (503, "1"), "what a client is told")
            contains(json.loads(body)["detail"], "database", "and why")
            cluster.start()
            wait_for(lambda: s.alive() and s.health() == 200, "the database to be found")
            s.founding()
            equal(len(s.json("list")), 8, "obligations")
    finally:
        cluster.stop()
        holder.__exit__()


def test_two_daemons_share_one_database(binaries):
    holder = Service(binaries)
    cluster = Cluster(holder.place).start()
    try:
        with Service(binaries, cluster.config(), holder.place) as one, Service(binaries, cluster.config(), holder.place) as two:
            one.start(wait=False)
            two.start(wait=False)
            for s in (one, two):
                wait_for(lambda: s.alive() and s.health() == 200, "both daemons to serve")
            one.founding()
            first = one.run("update", "59/157:9", "--note", "x", key="shared")
            equal(two.run("update", "59/157:9", "--note", "x", key="shared"), first, "a key repeated at the other daemon")
            writers = [threading.Thread(target=s.run, args=("update", "59/157:8", "--note", f"{n}"))
                       for n, s in enumerate((one, two) * 8)]
            for writer in writers:
                writer.start()
            for writer in writers:
                writer.join()
            equal(len(two.json("log", "59/157:8")["rows"]), 2 + 16, "updates on one obligation through both")
            equal(two.json("audit", "verify")["whole"], True, "the record")
    finally:
        cluster.stop()
        holder.__exit__()


def test_a_second_daemon_does_not_take_a_socket_that_is_answered(binaries):
    with Service(binaries).start() as s:
        done = subprocess.run([s.binaries / "mandated", "--state", s.place / "other", "--socket", s.socket],
                              capture_output=True, text=True, timeout=60)
        equal(done.returncode, 1, "exit code")
        contains(done.stderr, "another mandated serves there", "the reason")


def test_a_client_that_sends_a_byte_at_a_time_holds_nobody_up(binaries):
    with Service(binaries).start() as s:
        slow = socket.socket(socket.AF_UNIX)
        slow.connect(s.socket)
        for byte in b"GET /v1/me HT":
            slow.send(bytes([byte]))
            equal(s.request("GET", "/v1/me")[0], 200, "others are answered meanwhile")
        slow.close()


def test_sigterm_answers_what_is_under_way_and_stops_the_database(binaries):
    with Service(binaries).start() as s:
        s.founding()
        connections = [UnixHTTP(s.socket) for _ in range(100)]
        for n, connection in enumerate(connections):
            connection.request("POST", "/v1/updates", json.dumps({"references": ["59/157:9"], "note": f"{n}"}),
                               {"Idempotency-Key": f"under-way-{n}"})
        s.process.send_signal(signal.SIGTERM)
        equal({c.getresponse().status for c in connections}, {201}, "the answers")
        equal(s.stop(), 0, "the daemon's exit code")
        equal(s.postmaster(), None, "the private database is stopped")
        s.start()
        equal(len(s.json("log", "59/157:9")["rows"]), 2 + 100, "all were written")


def test_sighup_takes_over_what_it_can_and_says_what_it_cannot(binaries):
    with Service(binaries, 'log_level = "info";\nconnections = 4;\n').start() as s:
        s.config.write_text('log_level = "debug";\nconnections = 5;\n')
        s.process.send_signal(signal.SIGHUP)
        wait_for(lambda: "reload: took over log_level" in s.tail(), "the reload")
        wait_for(lambda: "needs a restart: connections" in s.tail(), "what it cannot take over")
        s.config.write_text('log_level = "loud";\n')
        s.process.send_signal(signal.SIGHUP)
        wait_for(lambda: "keeping the old configuration" in s.tail(), "a faulty file to be refused")
        equal(s.health(), 200, "it still serves")


def test_a_faulty_configuration_is_refused_with_file_and_line(binaries):
    s = Service(binaries, 'connections = "many";\ncolour = 1;\nlog_level = "loud";\n')
    try:
        done = subprocess.run([s.binaries / "mandated", "--config", s.config, "--check-config"], capture_output=True, text=True, timeout=60)
        equal(done.returncode, 2, "exit code")
        for line, part in ((1, "whole number from 1 to 200"), (2, 'there is no key "colour"'), (3, "is not one of: error")):
            contains(done.stderr, f"{s.config}:{line}: ", "the place")
            contains(done.stderr, part, "what is allowed")
    finally:
        s.__exit__()


def test_a_full_disk_and_a_closed_pipe_are_noticed(binaries):
    with Service(binaries).start() as s:
        s.founding()
        environment = {"MANDATE_SOCKET": s.socket, "PATH": "/usr/bin:/bin"}
        with open("/dev/full", "wb") as full:
            done = subprocess.run([s.binaries / "mandate", "list"], stdout=full, stderr=subprocess.PIPE, text=True, env=environment, timeout=60)
        equal(done.returncode, 1, "exit code on a full disk")
        contains(done.stderr, "No space left", "the reason")
        process = subprocess.Popen([s.binaries / "mandate", "report"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
        process.stdout.close()
        process.stderr.read()
        if process.wait(timeout=60) < 0:
            raise Failure("a closed pipe killed the command")


def test_who_may_do_what_over_tcp(binaries):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with Service(binaries, f'listen = "127.0.0.1:{port}";\n').start() as s:
        s.founding()
        s.run("officer", "add", "vera", "--role", "viewer")
        token = s.place / "token"
        token.write_text(s.run("token", "add", "vera", "--label", "laptop"))
        over = ("--url", f"http://127.0.0.1:{port}", "--token-file", token)
        contains(s.run("list", *over), "A/RES/59/157:9", "a viewer reads")
        contains(s.run("update", "59/157:9", "--note", "x", *over, code=5), "needs the role officer", "a viewer does not write")
        s.run("token", "revoke", "1")
        contains(s.run("list", *over, code=5), "revoked", "a revoked token")
