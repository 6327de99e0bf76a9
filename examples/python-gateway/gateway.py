#!/usr/bin/env python3
"""A command gateway of the Python 3.11 standard library: HTTP in front, DJI docks behind an MQTT broker.

It keeps what the contract promises (must and should) and, where the contract leaves a choice (may), it often chooses
otherwise than Dockrig's own gateway; each such place names its rule.
"""

import json
import os
import signal
import sys
import threading
import time

sys.dont_write_bytecode = True  # an example leaves no __pycache__ in the tree

from commands import Commands  # noqa: E402
from http_api import Server  # noqa: E402
from mqtt_client import MqttClient  # noqa: E402
from replies import Reply  # noqa: E402
from signatures import Signatures  # noqa: E402


class Docks:
    """The MQTT side: publishes commands, hears replies and events."""

    def __init__(self, url, username, password, commands, serial_numbers, on_first_ready):
        self._commands = commands
        self._on_first_ready = on_first_ready
        # Only the docks that are known, one by one: what others say is nobody's business here.
        names = ("services_reply", "events")
        filters = [f"thing/product/{sn}/{name}" for sn in serial_numbers for name in names]
        self.client = MqttClient(url, username, password, filters, self._on_message, self._on_ready)

    def send(self, command):
        connection = self.client.connection
        if connection == 0 or not self._commands.claim(command, connection):
            return
        payload = command.request["payload"]
        message = {
            "tid": command.tid,
            "bid": command.bid,
            "timestamp": int(time.time() * 1000),
            "gateway": command.gateway_sn,
            "method": command.request["command_type"],
            # rule: mqtt-payload. No arguments: no data.
            **({"data": payload} if payload else {}),
        }
        topic = f"thing/product/{command.gateway_sn}/services"
        on_ack = lambda: self._commands.delivered(command)  # noqa: E731
        # rule: mqtt-qos-1.
        self.client.publish(connection, topic, json.dumps(message).encode(), on_ack)

    def _on_ready(self):
        self._on_first_ready()
        # rule: one-publish (may). What was not acknowledged before the connection broke goes out again, same tid.
        for command in self._commands.waiting():
            self.send(command)

    def _on_message(self, topic, payload):
        _, _, gateway_sn, name = topic.split("/", 3)
        message = Reply.parse(payload)
        if message is None:
            return
        if name == "services_reply":
            self._commands.receive(gateway_sn, message)
        else:
            self._commands.receive_event(gateway_sn, message)


def read_settings(env):
    names = ("RIG_MQTT_URL", "RIG_HTTP_PORT", "RIG_API_ID", "RIG_API_KEY", "RIG_DEVICES")
    if missing := [name for name in names if not env.get(name)]:
        sys.exit(f"Cannot start: {', '.join(missing)} not set. README.md says what they are.")
    try:
        devices = {device: entry["gateway_sn"] for device, entry in json.loads(env["RIG_DEVICES"]).items()}
        port = int(env["RIG_HTTP_PORT"])
    except (ValueError, TypeError, KeyError, AttributeError):
        sys.exit('Cannot start: RIG_DEVICES is not { "device id": { "gateway_sn": "…" } }, or RIG_HTTP_PORT no number.')
    return port, devices


def main():
    env = os.environ
    port, devices = read_settings(env)
    stop, ready = threading.Event(), threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: (stop.set(), ready.set()))

    commands = Commands(devices)
    docks = Docks(
        env["RIG_MQTT_URL"],
        env.get("RIG_MQTT_USERNAME", ""),
        env.get("RIG_MQTT_PASSWORD", ""),
        commands,
        sorted(set(devices.values())),
        ready.set,
    )
    docks.client.start()
    ready.wait()
    # HTTP opens only now, so that no command is accepted whose reply nobody would hear.
    if not stop.is_set():
        server = Server(port, Signatures(env["RIG_API_ID"], env["RIG_API_KEY"]), commands, docks)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        stop.wait()
        server.shutdown()
    docks.client.stop()


if __name__ == "__main__":
    main()
