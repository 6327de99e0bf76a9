"""The HTTP side: what a request must look like, and how it is answered."""

import json
import re
import sys
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from commands import instant
from refusal import Refusal
from replies import finite_or_text, integer_or_none, parse_json

COMMANDS_PATH = "/api/v1/open/downlink/commands"
REQUIRED_STRINGS = ("vendor", "device_id", "command_type", "idempotency_key")
KNOWN_FIELDS = {*REQUIRED_STRINGS, "payload", "timeout_seconds"}
METHODS = {"drone_close"}
DEFAULT_TIMEOUT_S = 30
MAX_BODY_BYTES = 4 * 1024 * 1024


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, port, signatures, commands, docks):
        self.signatures, self.commands, self.docks = signatures, commands, docks
        super().__init__(("127.0.0.1", port), Handler)

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "python-gateway"
    sys_version = ""
    default_request_version = "HTTP/1.1"  # what is no request is answered in full as well
    disable_nagle_algorithm = True
    timeout = 75

    def serve(self):
        self.read_to_end = False
        try:
            body = self.read_body()
            self.read_to_end = True
            status, answer = self.route(body)
        except Refusal as refusal:
            self.refuse(refusal.status, refusal.code, refusal.message)
        except (ConnectionError, TimeoutError):
            self.close_connection = True
        except Exception as error:  # the last resort of every request
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            self.refuse(500, "INTERNAL_ERROR", "The gateway failed.")
        else:
            self.answer(status, answer)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = serve

    def route(self, body):
        if self.headers.get_content_type() != "application/json" and self.command == "POST":
            if self.headers.get("Content-Type", "") != "":
                raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "The body is not application/json.")
        # rule: sign-reads. Nothing is answered unsigned.
        self.server.signatures.check(self.command, self.path, self.headers, body)
        path = self.path.partition("?")[0]
        if path == COMMANDS_PATH and self.command == "POST":
            return self.create(body)
        if path.startswith(f"{COMMANDS_PATH}/") and self.command == "GET":
            return 200, self.server.commands.show(path.removeprefix(f"{COMMANDS_PATH}/"))
        if path == COMMANDS_PATH or path.startswith(f"{COMMANDS_PATH}/"):
            raise Refusal(405, "METHOD_NOT_ALLOWED", "This path does not know this method.")
        raise Refusal(404, "NOT_FOUND", "There is nothing here.")

    def create(self, raw):
        try:
            body = parse_json(raw, parse_float=finite_or_text)
        except ValueError:
            raise Refusal(400, "INVALID_REQUEST_BODY", "The body is not JSON.") from None
        command, new = self.server.commands.create(validate(body))
        if new:
            self.server.docks.send(command)
        # rule: create-request-id (may). The answer does without.
        answer = {"command_id": command.id, "status": "ACCEPTED", "accepted_at": instant(command.accepted_at)}
        # rule: create-replay-200.
        return (202 if new else 200), {**answer, "replayed": not new}

    def read_body(self):
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self.read_chunks()
        length = self.headers.get("Content-Length", "0")
        if not re.fullmatch(r"[0-9]{1,15}", length):
            raise Refusal(400, "INVALID_REQUEST_BODY", "Content-Length is not a number.")
        if int(length) > MAX_BODY_BYTES:
            self.discard(int(length))
            raise Refusal(413, "PAYLOAD_TOO_LARGE", f"The body is larger than {MAX_BODY_BYTES} bytes.")
        return self.read_exactly(int(length))

    def read_chunks(self):
        body = bytearray()
        while True:
            size = self.rfile.readline(1024).partition(b";")[0].strip()
            if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
                raise Refusal(400, "INVALID_REQUEST_BODY", "The chunks of the body are malformed.")
            if len(body) + int(size, 16) > MAX_BODY_BYTES:
                self.discard(int(size, 16))
                raise Refusal(413, "PAYLOAD_TOO_LARGE", f"The body is larger than {MAX_BODY_BYTES} bytes.")
            body += self.read_exactly(int(size, 16))
            line = self.rfile.readline(1024)
            while int(size, 16) == 0 and line.strip():  # trailers
                line = self.rfile.readline(1024)
            if int(size, 16) == 0:
                return bytes(body)

    def read_exactly(self, length):
        data = self.rfile.read(length)
        if len(data) < length:
            raise ConnectionResetError("the client left")
        return data

    def discard(self, length):
        """Reads on for a while: a client that is still sending would not hear the refusal."""
        left = min(length, 16 * MAX_BODY_BYTES)
        while left > 0 and (chunk := self.rfile.read(min(left, 65536))):
            left -= len(chunk)

    def refuse(self, status, code, message):
        if not getattr(self, "read_to_end", False):
            self.close_connection = True
        self.answer(status, {"code": code, "message": message, "request_id": self.request_id()})

    def request_id(self):
        # X-Request-Id (may): echoed in the envelope, not as a header.
        given = self.headers.get("X-Request-Id", "") if getattr(self, "headers", None) else ""
        return given if re.fullmatch(r"[\w.:-]{1,128}", given) else str(uuid.uuid4())

    def answer(self, status, value):
        text = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def send_error(self, code, message=None, explain=None):
        """What http.server itself refuses gets the same envelope."""
        self.close_connection = True
        if code == 501:
            self.refuse(405, "METHOD_NOT_ALLOWED", "This method is not known.")
        else:
            # rule: error-no-500. An HTTP version that is not spoken (505) is the client's fault too.
            self.refuse(code if code < 500 else 400, "INVALID_REQUEST", message or "This is no HTTP request.")

    def log_message(self, format, *args):
        pass


def validate(body):
    """The request of a create. Refusal when it is none."""
    if not isinstance(body, dict):
        raise Refusal(400, "INVALID_REQUEST_BODY", "The body is not a JSON object.")
    for name in REQUIRED_STRINGS:
        if not isinstance(body.get(name), str) or body[name] == "":
            raise Refusal(400, "VALIDATION_FAILED", f"{name} is not a string with at least one character.")
    if not isinstance(body.get("payload"), dict):
        raise Refusal(400, "VALIDATION_FAILED", "payload is not an object.")
    timeout = integer_or_none(body.get("timeout_seconds", DEFAULT_TIMEOUT_S))
    if timeout is None or not 0 <= timeout <= 300:
        raise Refusal(400, "VALIDATION_FAILED", "timeout_seconds is not an integer from 0 to 300.")
    if unknown := sorted(body.keys() - KNOWN_FIELDS):
        raise Refusal(400, "VALIDATION_FAILED", f"{json.dumps(unknown[0])} is not a field of this request.")
    if body["vendor"] != "dji":
        raise Refusal(400, "UNSUPPORTED_VENDOR", "vendor is not dji.")
    if body["command_type"] not in METHODS:
        raise Refusal(400, "UNSUPPORTED_COMMAND", "command_type is not offered here.")
    # The default filled in, so that 30 given and 30 meant are the same request.
    return {**body, "timeout_seconds": timeout}
