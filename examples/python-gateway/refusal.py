"""An answer of 4xx, raised where the fault is found."""


class Refusal(Exception):
    """An answer of 4xx."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
