"""As much of MQTT 3.1.1 as a command gateway needs: QoS 1 both ways, and a connection that comes back."""

import secrets
import socket
import sys
import threading
import time
from urllib.parse import unquote, urlsplit

CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK, PINGREQ, DISCONNECT = 1, 2, 3, 4, 8, 9, 12, 14
KEEP_ALIVE_S = 15
PING_EVERY_S = 5
FIRST_RETRY_S = 0.2
LAST_RETRY_S = 5.0
IO_TIMEOUT_S = 2.0


class MqttError(Exception):
    """The broker refused, or does not speak MQTT 3.1.1."""


class MqttClient:
    """Connects in a thread of its own, subscribes to `filters`, and starts over when the connection breaks.

    `on_message(topic, payload)` and `on_ready()` run in that thread. `connection` is 0 without a subscribed connection,
    else a number that no other connection has.
    """

    def __init__(self, url, username, password, filters, on_message, on_ready):
        parts = urlsplit(url)
        self._address = (parts.hostname or "127.0.0.1", parts.port or 1883)
        self._username = username or unquote(parts.username or "")
        self._password = password or unquote(parts.password or "")
        self._filters, self._on_message, self._on_ready = filters, on_message, on_ready
        self.connection = 0
        self._connections = 0
        self._socket = None
        self._send_lock = threading.Lock()
        self._packet_id = 0
        self._on_ack = {}
        self._stopping = threading.Event()

    def start(self):
        threading.Thread(target=self._run, daemon=True).start()

    def stop(self):
        self._stopping.set()
        try:
            self._send(packet(DISCONNECT << 4, b""))
        except OSError:
            pass  # the connection is gone already

    def publish(self, connection, topic, payload, on_ack):
        """Publishes with QoS 1. Nothing happens when `connection` is over; `on_ack` runs when the broker has the message."""
        try:
            with self._send_lock:
                if connection != self.connection:
                    return
                packet_id = self._next_packet_id()
                self._on_ack[packet_id] = on_ack
                body = text(topic) + packet_id.to_bytes(2, "big") + payload
                self._socket.sendall(packet(PUBLISH << 4 | 0b0010, body))
        except OSError:
            self._break()  # half a packet may be out: the reader starts over

    def _run(self):
        delay = FIRST_RETRY_S
        while not self._stopping.is_set():
            try:
                self._connect()
                delay = FIRST_RETRY_S
                self._on_ready()
                self._listen()
            except (OSError, ValueError, MqttError) as error:
                if not self._stopping.is_set():
                    print(f"MQTT: {error}", file=sys.stderr)
            finally:
                self._forget()
            self._stopping.wait(delay)
            delay = min(delay * 2, LAST_RETRY_S)

    def _connect(self):
        self._buffer = bytearray()
        self._pinged = self._heard = time.monotonic()
        connected = socket.create_connection(self._address, timeout=IO_TIMEOUT_S)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._send_lock:
            self._socket = connected
        self._send(self._connect_packet())
        self._expect(CONNACK)
        wanted = b"".join(text(name) + b"\x01" for name in self._filters)
        if wanted:
            self._send(packet(SUBSCRIBE << 4 | 0b0010, b"\x00\x01" + wanted))
            self._expect(SUBACK)
        self._connections += 1
        with self._send_lock:
            self._packet_id = 1
            self.connection = self._connections

    def _connect_packet(self):
        flags = 0b10  # a clean session
        login = b""
        if self._username:
            flags |= 0b1100_0000
            login = text(self._username) + text(self._password)
        body = text("MQTT") + bytes((4, flags)) + KEEP_ALIVE_S.to_bytes(2, "big")
        return packet(CONNECT << 4, body + text(f"python-gateway-{secrets.token_hex(8)}") + login)

    def _expect(self, kind):
        first, body = self._next_packet()
        while first >> 4 != kind:
            self._handle(first, body)
            first, body = self._next_packet()
        codes = body[1:2] if kind == CONNACK else body[2:]
        if any(code >= 0x80 if kind == SUBACK else code != 0 for code in codes):
            raise MqttError(f"the broker refused {'CONNECT' if kind == CONNACK else 'SUBSCRIBE'}: {list(codes)}")

    def _listen(self):
        while not self._stopping.is_set():
            self._handle(*self._next_packet())

    def _next_packet(self):
        """The next whole packet: its first byte and its body. Sends pings while it waits."""
        while (taken := take_packet(self._buffer)) is None:
            try:
                chunk = self._socket.recv(65536)
                if not chunk:
                    raise MqttError("the broker closed the connection")
                self._buffer += chunk
                self._heard = time.monotonic()
            except TimeoutError:
                pass
            if time.monotonic() - self._heard > KEEP_ALIVE_S:
                raise MqttError("the broker is silent")
            if time.monotonic() - self._pinged > PING_EVERY_S:
                self._pinged = time.monotonic()
                self._send(packet(PINGREQ << 4, b""))
        return taken

    def _handle(self, first, body):
        if first >> 4 == PUBACK:
            with self._send_lock:
                on_ack = self._on_ack.pop(int.from_bytes(body[:2], "big"), None)
            if on_ack:
                on_ack()
        elif first >> 4 == PUBLISH:
            end = 2 + int.from_bytes(body[:2], "big")
            topic = body[2:end].decode()
            payload = body[end + 2 :] if first & 0b0110 else body[end:]
            self._on_message(topic, payload)
            if first & 0b0110:
                self._send(packet(PUBACK << 4, body[end : end + 2]))

    def _next_packet_id(self):
        while True:
            self._packet_id = self._packet_id % 65535 + 1
            if self._packet_id not in self._on_ack:
                return self._packet_id

    def _send(self, data):
        with self._send_lock:
            if self._socket is None:
                raise ConnectionError("not connected")
            self._socket.sendall(data)

    def _break(self):
        with self._send_lock:
            self.connection = 0
            if self._socket is not None:
                try:
                    self._socket.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass  # broken already

    def _forget(self):
        with self._send_lock:
            self.connection = 0
            self._on_ack.clear()
            if self._socket is not None:
                self._socket.close()
                self._socket = None


def text(value):
    encoded = value.encode()
    return len(encoded).to_bytes(2, "big") + encoded


def packet(first, body):
    length = bytearray()
    left = len(body)
    while True:
        left, digit = divmod(left, 128)
        length.append(digit | 0x80 if left else digit)
        if not left:
            return bytes((first,)) + bytes(length) + body


def take_packet(buffer):
    """Takes a packet off the buffer's front: its first byte and its body; None when it is not whole yet."""
    length = 0
    for position in range(1, 5):
        if position >= len(buffer):
            return None
        length |= (buffer[position] & 0x7F) << 7 * (position - 1)
        if buffer[position] < 0x80:
            break
    else:
        raise MqttError("a packet length of more than four bytes")
    end = position + 1 + length
    if len(buffer) < end:
        return None
    taken = buffer[0], bytes(buffer[position + 1 : end])
    del buffer[:end]
    return taken
