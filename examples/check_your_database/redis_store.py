"""Records a history of Redis: redis_store.py --help."""

import socket

import recorder


class RedisStore:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=5)
        self.replies = self.socket.makefile("rb")
        self.call("PING")  # Fails while data are loaded.

    def call(self, *words):
        """One command in Redis's protocol (RESP) and its reply."""
        request = f"*{len(words)}\r\n"
        request += "".join(f"${len(word)}\r\n{word}\r\n" for word in words)
        self.socket.sendall(request.encode())
        line = self.replies.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("the connection was lost")
        if line[:1] == b"-":
            raise ConnectionError(line.decode())
        if line[:1] != b"$" or line == b"$-1\r\n":
            return line[1:-2].decode() if line[:1] != b"$" else ""
        size = int(line[1:]) + 2
        data = self.replies.read(size)
        if len(data) < size:
            raise ConnectionError("the connection was lost")
        return data[:-2].decode()

    def get(self, key):
        return self.call("GET", key)

    def put(self, key, value):
        self.call("SET", key, value)


if __name__ == "__main__":
    recorder.main(RedisStore)
