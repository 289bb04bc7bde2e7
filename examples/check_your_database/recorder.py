"""Records what concurrent clients of a database see, as lines for `check`.

A store is a class: `Store(port)`, `get(key)` and `put(key, value)`. Whatever
these raise means that the outcome of the operation is not known, and that the
connection is not to be used again. See redis_store.py and docs/DATABASES.md.
"""

import argparse
import contextlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

UNKNOWN = (OSError, http.client.HTTPException)


class History:
    """The file. Times are taken and lines written in one order."""

    def __init__(self, file):
        self.file, self.lock = file, threading.Lock()
        self.stop, self.error = threading.Event(), None
        self.operations = self.unknown = 0

    def write(self, fields):
        try:
            self.file.write(json.dumps(fields) + "\n")
            self.file.flush()
        except BrokenPipeError:  # The checker has seen enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())
            self.stop.set()

    def call(self, client, op, key, **value):
        """A line before the request is sent: its answer comes later."""
        with self.lock:
            fields = {"client": client, "op": op, "key": key, **value,
                      "call": time.monotonic_ns()}
            self.write({**fields, "return": "later"})
            self.operations += 1
        return fields

    def answer(self, fields, **output):
        with self.lock:
            self.write({**fields, **output, "return": time.monotonic_ns()})

    def lose(self, fields):
        """Nobody knows whether the operation took effect, or will."""
        with self.lock:
            self.write({**fields, "return": None})
            self.unknown += 1


def run_client(number, store_type, port, keys, history):
    try:
        ask_and_tell(number, store_type, port, keys, history)
    except Exception as error:  # A mistake of the recorder, not of the store.
        history.error = error
        history.stop.set()
        raise


def ask_and_tell(number, store_type, port, keys, history):
    store, count = None, 0
    while not history.stop.is_set():
        try:
            store = store or store_type(port)
        except UNKNOWN:  # No operation has begun.
            time.sleep(0.05)
            continue
        key, count = f"k{random.randrange(keys)}", count + 1
        if random.random() < 0.5:
            value = f"{number}.{count}"
            fields = history.call(number, "put", key, value=value)
            work, name = (lambda: store.put(key, value)), None
        else:
            fields = history.call(number, "get", key)
            work, name = (lambda: store.get(key)), "output"
        try:
            output = work()
        except UNKNOWN:
            history.lose(fields)
            store = None
        else:
            history.answer(fields, **({name: output} if name else {}))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(command, log):
    """A server in a session of its own, which ends when this does."""
    process = subprocess.Popen(command, start_new_session=True,
                               stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def kill_now_and_then(command, every, deadline, history):
    """Runs the server until the deadline, and kills it at random instants."""
    kills, log = 0, tempfile.TemporaryFile("w+")
    while not history.stop.is_set():
        with running(command, log) as process:
            until = time.monotonic() + random.uniform(0.5, 1.5) * every
            history.stop.wait(max(0, min(until, deadline) - time.monotonic()))
            if process.poll() is not None:
                log.seek(0)
                sys.exit(f"{log.read()[-2000:]}{command[0]}: ended by itself, "
                         f"with status {process.returncode}")
        if time.monotonic() >= deadline:
            return kills
        kills += 1
    return kills


def main(store_type):
    parser = argparse.ArgumentParser(
        description="Records a history while the server after -- is killed and "
        "started again; {port}, {port2} and {dir} stand for free ports and an "
        "empty folder.")
    parser.add_argument("--out", default="-", help="the file; - is a pipe")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--clients", type=int, default=5)
    parser.add_argument("--keys", type=int, default=5)
    parser.add_argument("--kill-every", type=float, default=2, help="seconds")
    parser.add_argument("--port", type=int,
                        help="of a server that runs already; it is not killed")
    parser.add_argument("server", nargs="*", help="command of the server")
    given = parser.parse_args()
    if bool(given.server) == bool(given.port):
        parser.error("expected --port, or the command of a server after --")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))

    port = given.port or free_port()
    file = sys.stdout if given.out == "-" else open(given.out, "w")
    history, kills = History(file), 0
    clients = [threading.Thread(target=run_client, daemon=True, args=(
        number, store_type, port, given.keys, history))
        for number in range(given.clients)]
    deadline = time.monotonic() + given.seconds
    with tempfile.TemporaryDirectory() as folder:
        names = {"port": port, "port2": free_port(), "dir": folder}
        command = [part.format(**names) for part in given.server]
        for client in clients:
            client.start()
        try:
            if command:
                kills = kill_now_and_then(command, given.kill_every, deadline,
                                          history)
            else:
                history.stop.wait(given.seconds)
        except KeyboardInterrupt:
            sys.exit(130)
        finally:
            history.stop.set()
    for client in clients:
        client.join(timeout=5)
    print(f"{history.operations} operations, {history.unknown} of them with an "
          f"unknown outcome; the server was killed {kills} times",
          file=sys.stderr)
    sys.exit(1 if history.error else 0)
