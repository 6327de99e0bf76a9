"""The commands in memory and their life."""

import json
import secrets
import threading
import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timezone

from refusal import Refusal
from replies import Reply


@dataclass
class Command:
    """One command. Wall-clock times are for showing, the monotonic ones for deciding."""

    request: dict
    fingerprint: str
    gateway_sn: str
    id: str
    tid: str
    bid: str
    status: str = "ACCEPTED"
    accepted_at: float = field(default_factory=time.time)
    deadline: float = 0.0
    delivered_at: float | None = None
    replied_at: float | None = None
    completed_at: float | None = None
    reply: Reply | None = None
    in_progress: bool = False
    sent_on: int = 0

    def arm(self):
        self.deadline = time.monotonic() + self.request["timeout_seconds"]

    def expire(self):
        """The deadline is looked at whenever somebody looks at the command; no timer runs."""
        if self.status in ("ACCEPTED", "DELIVERED") and time.monotonic() >= self.deadline:
            self.status = "TIMED_OUT"
            self.completed_at = time.time()

    def delivered(self):
        if self.delivered_at is None:
            self.delivered_at = time.time()
            # rule: lifecycle-deadline-from-acceptance (may). The dock gets its full time: the clock starts anew here.
            self.arm()
        if self.status == "ACCEPTED":
            self.status = "DELIVERED"

    def take(self, reply):
        """A matched reply. It counts after TIMED_OUT and UNMATCHED_RESPONSE too (rule: lifecycle-timed-out-final, may)."""
        if self.status in ("SUCCEEDED", "FAILED"):
            return
        self.reply, self.replied_at = reply, time.time()
        # DJI's "only started": the progress events decide (section 4 allows to read it so).
        if reply.result == 0 and reply.progress in ("sent", "in_progress"):
            self.in_progress = True
            return
        # rule: reply-without-result (may). A reply that does not say 0 is a failure.
        self.finish(reply.result == 0)

    def take_progress(self, event):
        if not self.in_progress or self.status not in ("ACCEPTED", "DELIVERED"):
            return
        if event.result not in (0, None) or event.progress in ("failed", "rejected", "canceled", "timeout"):
            self.finish(False)
        elif event.progress == "ok":
            self.finish(True)

    def finish(self, succeeded):
        self.status = "SUCCEEDED" if succeeded else "FAILED"
        self.completed_at = time.time()

    def take_unmatched(self, reply):
        # rule: unmatched-provisional. Shown at once; a matched reply still counts.
        self.status, self.reply, self.replied_at = "UNMATCHED_RESPONSE", reply, time.time()


class Commands:
    """All commands, in memory. One lock around every step, so that 50 copies of a request make one command."""

    def __init__(self, devices):
        self._devices = devices
        self._lock = threading.Lock()
        self._by_id, self._by_key, self._by_tid = {}, {}, {}

    def create(self, request):
        """Returns the command and whether it is new. Refuses a key that stands for another request."""
        # rule: create-same-when-parsed. Compared as JSON, not as Python's values, for which 1 and true are equal.
        fingerprint = json.dumps(request, sort_keys=True)
        with self._lock:
            known = self._by_key.get(request["idempotency_key"])
            if known and known.fingerprint != fingerprint:
                raise Refusal(409, "IDEMPOTENCY_CONFLICT", "idempotency_key stands for another request.")
            if known:
                return known, False
            gateway_sn = self._devices.get(request["device_id"])
            if gateway_sn is None:
                raise Refusal(404, "DEVICE_NOT_FOUND", "device_id names no known device.")
            command = Command(
                request=request,
                fingerprint=fingerprint,
                gateway_sn=gateway_sn,
                id=hexadecimal_id(),
                tid=secrets.token_urlsafe(12),
                bid=str(uuid.uuid4()),
            )
            command.arm()
            self._by_id[command.id] = self._by_key[request["idempotency_key"]] = command
            self._by_tid[command.tid] = command
            return command, True

    def claim(self, command, connection):
        """Whether to publish the command on this connection: it is unacknowledged, and was not published on it yet."""
        with self._lock:
            if command.status != "ACCEPTED" or command.sent_on == connection:
                return False
            command.sent_on = connection
            return True

    def waiting(self):
        with self._lock:
            for command in self._by_id.values():
                command.expire()
            return [command for command in self._by_id.values() if command.status == "ACCEPTED"]

    def delivered(self, command):
        with self._lock:
            command.expire()
            command.delivered()

    def receive(self, gateway_sn, reply):
        with self._lock:
            command = self._by_tid.get(reply.tid) if isinstance(reply.tid, str) else None
            if command:
                # rule: reply-topic. A dock speaks for itself only.
                if command.gateway_sn == gateway_sn:
                    command.expire()
                    command.take(reply)
                return
            # rule: unmatched-provisional (may). The bid alone names the command.
            for command in self._with_bid(gateway_sn, reply.bid):
                command.take_unmatched(reply)

    def receive_event(self, gateway_sn, event):
        with self._lock:
            for command in self._with_bid(gateway_sn, event.bid):
                if event.method == command.request["command_type"]:
                    command.take_progress(event)

    def _with_bid(self, gateway_sn, bid):
        for command in self._by_id.values():
            if command.bid == bid and command.gateway_sn == gateway_sn:
                command.expire()
                if command.status in ("ACCEPTED", "DELIVERED"):
                    yield command

    def show(self, command_id):
        with self._lock:
            command = self._by_id.get(command_id)
            if command is None:
                raise Refusal(404, "COMMAND_NOT_FOUND", "There is no such command.")
            command.expire()
            reply = command.reply
            # What is not known is "" or {} (rule: query-response-fields).
            return {
                "command_id": command.id,
                "status": command.status,
                "vendor": command.request["vendor"],
                "device_id": command.request["device_id"],
                "command_type": command.request["command_type"],
                "response_code": reply.code if reply else "",
                "response_message": reply.message if reply else "",
                "vendor_response": reply.vendor_response if reply else {},
                "accepted_at": instant(command.accepted_at),
                "delivered_at": instant(command.delivered_at),
                "response_received_at": instant(command.replied_at),
                "completed_at": instant(command.completed_at),
                "timeout_seconds": command.request["timeout_seconds"],
                "gateway": {"name": "python-gateway", "device": command.gateway_sn},
            }


def hexadecimal_id():
    # rule: create-command-id-shape. The shape of a UUID, without a UUID's version digit.
    digits = secrets.token_hex(16)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def instant(seconds):
    """rule: create-accepted-at-utc. Microseconds and Z."""
    if seconds is None:
        return ""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
