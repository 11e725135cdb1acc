"""How many texts are not understood: told in the log by the thousand, so that it speaks of nobody; no text is kept."""

import logging

EACH = 1000  # texts a line of the log

log = logging.getLogger("passerelle")


class Tally:
    """Counts texts, in this process."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._texts = self._unrecognised = 0

    def count(self, *, understood: bool) -> None:
        """One text more."""
        self._texts += 1
        self._unrecognised += not understood
        if self._texts == EACH:
            log.info("of %d texts, %d were not understood", self._texts, self._unrecognised)
            self._texts = self._unrecognised = 0
