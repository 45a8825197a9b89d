#!/usr/bin/env python3
"""Prints what Callscope tells, a line of JSON each: a client of its event bus without any package.

    subscribe.py ws://127.0.0.1:8080 call-end reg-new
    CALLSCOPE_PASSWORD=... subscribe.py wss://monitor.example.com --user bob --ca ca.pem counters

Callscope runs with -bus_bridge; docs/bus.md describes what comes.
"""
import argparse
import base64
import json
import os
import socket
import ssl
import struct
import sys
import time
from urllib.parse import urlsplit

PING_SECONDS = 20


def connect(url, user, ca):
    """Opens a WebSocket (RFC 6455) and returns the socket with what came behind the answer's head."""
    parts = urlsplit(url)
    secure = parts.scheme == "wss"
    port = parts.port or (443 if secure else 80)
    connection = socket.create_connection((parts.hostname, port), timeout=10)
    if secure:
        context = ssl.create_default_context(cafile=ca)
        connection = context.wrap_socket(connection, server_hostname=parts.hostname)
    head = [
        "GET /bus/websocket HTTP/1.1",
        f"Host: {parts.netloc}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)).decode(),
    ]
    if user:
        pair = f"{user}:{os.environ.get('CALLSCOPE_PASSWORD', '')}".encode()
        head.append("Authorization: Basic " + base64.b64encode(pair).decode())
    connection.sendall(("\r\n".join(head) + "\r\n\r\n").encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        piece = connection.recv(4096)
        if not piece:
            break
        answer += piece
    status, _, rest = answer.partition(b"\r\n\r\n")
    if b" 101 " not in status.split(b"\r\n", 1)[0] + b" ":
        sys.exit("refused: " + status.split(b"\r\n", 1)[0].decode(errors="replace"))
    return connection, rest


def send(connection, opcode, payload):
    """One frame of a client, which must be masked."""
    mask = os.urandom(4)
    length = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xfe" + struct.pack(">H", len(payload))
    masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
    connection.sendall(bytes([0x80 | opcode]) + length + mask + masked)


def tell(connection, **fields):
    send(connection, 1, json.dumps(fields).encode())


class Frames:
    """The messages of the server, put together from their frames."""

    def __init__(self, connection, rest):
        self.connection, self.rest, self.pinged = connection, rest, 0.0

    def keep_alive(self):
        """A client that says nothing for half a minute is taken for gone."""
        if time.monotonic() - self.pinged > PING_SECONDS:
            tell(self.connection, type="ping")
            self.pinged = time.monotonic()

    def take(self, length):
        while len(self.rest) < length:
            self.keep_alive()
            try:
                piece = self.connection.recv(65536)
            except TimeoutError:
                continue
            if not piece:
                raise EOFError("the connection is closed")
            self.rest += piece
        taken, self.rest = self.rest[:length], self.rest[length:]
        return taken

    def next(self):
        message = b""
        while True:
            first, second = self.take(2)
            length = second & 0x7F
            if length == 126:
                (length,) = struct.unpack(">H", self.take(2))
            elif length == 127:
                (length,) = struct.unpack(">Q", self.take(8))
            payload, opcode = self.take(length), first & 0x0F
            if opcode == 8:
                raise EOFError("closed: " + payload[2:].decode(errors="replace"))
            if opcode == 9:
                send(self.connection, 10, payload)
            elif opcode < 8:
                message += payload
                if first & 0x80:
                    return json.loads(message)


def follow(arguments):
    connection, rest = connect(arguments.url, arguments.user, arguments.ca)
    for name in arguments.names:
        address = "callscope." + (name if name in ("counters", "sources") else "event." + name)
        tell(connection, type="register", address=address)
    frames = Frames(connection, rest)
    connection.settimeout(1)
    seen = 0
    while not arguments.count or seen < arguments.count:
        frame = frames.next()
        if frame["type"] == "rec":
            print(json.dumps(frame["body"]), flush=True)
            seen += 1
        elif frame["type"] == "err":
            sys.exit("refused: " + json.dumps(frame))
        elif frame["type"] == "registered":
            print("listening to " + frame["address"], file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="ws://HOST:PORT or wss://HOST:PORT")
    parser.add_argument("names", nargs="+", help="types of events, counters, sources")
    parser.add_argument("--user", help="who asks; the password stands in CALLSCOPE_PASSWORD")
    parser.add_argument("--ca", help="certificates to trust, PEM")
    parser.add_argument("--count", type=int, default=0, help="end after so many")
    try:
        follow(parser.parse_args())
    except EOFError as end:
        sys.exit(str(end))
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
