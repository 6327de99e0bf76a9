"""The signature of a request."""

import hashlib
import hmac
import re
import threading
import time
from urllib.parse import quote, unquote_to_bytes

from refusal import Refusal

WINDOW_S = 300


class Signatures:
    """Checks signed requests.

    Order: headers and credential, time stamp, nonce, signature. rule: sign-bad-keeps-nonce (may): here a nonce is used
    up by the first request that shows it, rightly signed or not.
    """

    def __init__(self, api_id, api_key):
        self._api_id = api_id
        self._key = api_key.encode()
        self._nonces = {}
        self._lock = threading.Lock()

    def check(self, method, target, headers, body):
        names = ("X-Api-Id", "X-Api-Timestamp", "X-Api-Nonce", "X-Api-Signature")
        api_id, timestamp, nonce, signature = (headers.get(name, "") for name in names)
        if not (api_id and timestamp and nonce and signature) or api_id != self._api_id:
            raise Refusal(401, "UNAUTHORIZED", "The signature headers are missing or name no known API ID.")
        if not re.fullmatch(r"[0-9]{1,15}", timestamp):
            raise Refusal(401, "UNAUTHORIZED", "X-Api-Timestamp is not a number of seconds.")
        now = time.time()
        if abs(now - int(timestamp)) > WINDOW_S:
            raise Refusal(401, "TIMESTAMP_EXPIRED", f"X-Api-Timestamp is not within {WINDOW_S} s of now.")
        if not self._use_nonce(nonce, int(timestamp) + WINDOW_S, now):
            raise Refusal(401, "NONCE_REPLAYED", "X-Api-Nonce was used before.")

        path, _, query = target.partition("?")
        lines = ("UTMOS-HMAC-SHA256", method, path, canonical_query(query), api_id, timestamp, nonce)
        canonical = "\n".join((*lines, hashlib.sha256(body).hexdigest()))
        expected = hmac.new(self._key, canonical.encode("latin-1"), hashlib.sha256).hexdigest()
        # rule: sign-hex-case. Compared as it came: uppercase is another text.
        if not hmac.compare_digest(expected.encode(), signature.encode("latin-1")):
            raise Refusal(401, "SIGNATURE_INVALID", "X-Api-Signature does not fit the request.")

    def _use_nonce(self, nonce, expiry, now):
        with self._lock:
            for old in [old for old, until in self._nonces.items() if until < now]:
                del self._nonces[old]
            if nonce in self._nonces:
                return False
            self._nonces[nonce] = expiry
            return True


def canonical_query(query):
    if not query:
        return ""
    pairs = (pair.partition("=") for pair in query.split("&"))
    recoded = sorted((_recode(name), _recode(value)) for name, _, value in pairs)
    return "&".join(f"{name}={value}" for name, value in recoded)


def _recode(text):
    return quote(unquote_to_bytes(text), safe="")
