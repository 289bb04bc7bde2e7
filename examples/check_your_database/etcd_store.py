"""Records a history of etcd, by JSON over HTTP: etcd_store.py --help."""

import base64
import http.client
import json

import recorder


def encoded(text):
    return base64.b64encode(text.encode()).decode()


class EtcdStore:
    def __init__(self, port):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        self.http.connect()

    def call(self, path, **fields):
        self.http.request("POST", path, json.dumps(fields))
        response = self.http.getresponse()
        data = response.read()
        if response.status != 200:
            raise ConnectionError(data.decode())
        return json.loads(data)

    def get(self, key):
        found = self.call("/v3/kv/range", key=encoded(key)).get("kvs", [])
        return base64.b64decode(found[0]["value"]).decode() if found else ""

    def put(self, key, value):
        self.call("/v3/kv/put", key=encoded(key), value=encoded(value))


if __name__ == "__main__":
    recorder.main(EtcdStore)
