"""What the docks say, and strict JSON."""

import json
import math
from dataclasses import dataclass

MAX_DEPTH = 200


def parse_json(raw, **options):
    """Reads strict JSON from bytes. ValueError for anything else, and for nesting too deep to be written again."""
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant, **options)
    except RecursionError:
        raise ValueError("nested too deep") from None
    level, depth = [value], 0
    while level:
        if depth > MAX_DEPTH:
            raise ValueError("nested too deep")
        depth += 1
        level = [child for item in level for child in _children(item)]
    return value


def _children(item):
    if isinstance(item, dict):
        return item.values()
    return item if isinstance(item, list) else ()


def _refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def finite_or_text(digits):
    """1e400 is JSON, but no float: it stays text, as the infinity that Python makes of it could not be written."""
    number = float(digits)
    return number if math.isfinite(number) else digits


def integer_or_none(value):
    """The number when it is an integer in JSON's sense: 0 and 0.0 are, true and "0" are not."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if value == int(value) else None


@dataclass
class Reply:
    """A well-formed message of services_reply or of a command's progress events."""

    tid: object
    bid: object
    method: object
    result: int | None
    progress: object
    code: str
    message: str
    vendor_response: dict

    @classmethod
    def parse(cls, payload):
        """None for what is not JSON, not an object, or has no data (rule: reply-malformed)."""
        try:
            plain = parse_json(payload, parse_float=finite_or_text)
            exact = parse_json(payload, parse_int=str, parse_float=str)
        except ValueError:
            return None
        data = plain.get("data") if isinstance(plain, dict) else None
        if not isinstance(data, dict):
            return None
        output = data.get("output")
        return cls(
            tid=plain.get("tid"),
            bid=plain.get("bid"),
            method=plain.get("method"),
            result=integer_or_none(data.get("result")),
            progress=output.get("status") if isinstance(output, dict) else None,
            code=response_code(data),
            message=response_message(data),
            # rule: reply-vendor-preserves. Every number as a numeric string: no digit is lost, whoever reads it.
            vendor_response=exact["data"],
        )


def response_code(data):
    for value in (data.get("code"), data.get("result")):
        if isinstance(value, str):
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            whole = integer_or_none(value)
            return str(value if whole is None else whole)
    return ""


def response_message(data):
    # rule: reply-message-order (may). The short one first.
    texts = [data[name] for name in ("msg", "message", "description") if isinstance(data.get(name), str)]
    return next((text for text in texts if text), "")
