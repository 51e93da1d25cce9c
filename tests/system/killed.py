"""Whatever is killed: what was acknowledged is there, once."""
import os
import signal
import threading
import time

from support import Service, equal, wait_for

WRITERS = 4
KILLS = 3


def stream(s, stop, acknowledged, wrong, n):
    """Writes one update after another, each with its key, asking again until it is acknowledged."""
    i = 0
    while not stop.is_set():
        key = f"w{n}-{i}"
        while True:
            done = s.run("update", f"59/157:{3 + n}", "--note", key, key=key, code=None)
            if done.returncode == 0:
                acknowledged.append(key)
                break
            if done.returncode != 69:
                wrong.append(f"{key}: exit {done.returncode}: {done.stderr}")
                return
            if stop.is_set():
                return
            time.sleep(0.05)
        i += 1


def written_under(binaries, kill):
    with Service(binaries).start() as s:
        s.founding()
        stop, acknowledged, wrong = threading.Event(), [], []
        writers = [threading.Thread(target=stream, args=(s, stop, acknowledged, wrong, n)) for n in range(WRITERS)]
        for writer in writers:
            writer.start()
        try:
            for _ in range(KILLS):
                seen = len(acknowledged)
                wait_for(lambda: wrong or len(acknowledged) >= seen + 12, "writes to be acknowledged")
                kill(s)
            seen = len(acknowledged)
            wait_for(lambda: wrong or len(acknowledged) >= seen + 12, "writes after the last kill")
        finally:
            stop.set()
            for writer in writers:
                writer.join()
        equal(wrong, [], "no write met anything but an answer or an absent service")
        there = s.sql("select key from mandate.update where key like 'w%'").split()
        equal(sorted(set(acknowledged) - set(there)), [], "acknowledged writes that are lost")
        equal(len(there), len(set(there)), "writes that are there twice")
        if len(set(there) - set(acknowledged)) > WRITERS:
            raise AssertionError("more was written than was asked for")
        equal(s.json("audit", "verify")["whole"], True, "the record")


def test_kill_9_of_the_daemon_under_a_stream_of_writes(binaries):
    def kill(s):
        s.kill()
        s.start()

    written_under(binaries, kill)


def test_kill_9_of_postgresql_under_a_stream_of_writes(binaries):
    def kill(s):
        os.kill(wait_for(s.postmaster, "PostgreSQL to run"), signal.SIGKILL)

    written_under(binaries, kill)
