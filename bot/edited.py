"""The content as editors left it: read again from the database as soon as something came into force."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.turns import Content
from dialogs import edits as overlay
from dialogs.edits import Edit, Edits, Entry, Standing
from services import edits
from services.database import Database

LOOK_EVERY_S = 1.0  # so long may another process still say what was hidden

log = logging.getLogger("passerelle")


class Edited:
    """What the files say, and what editors made of it. `taken` is told each time there is something new to say."""

    def __init__(self, database: Database, files: Content, taken: Callable[[Content], None]) -> None:
        """`files`: the content as it was read from them."""
        self._database, self.files, self._taken = database, files, taken
        self.content, self.in_force = files, dict[str, Sequence[Edit]]()
        self._revision, self._one_look = 0, asyncio.Lock()
        self.entries: Mapping[str, Entry] = overlay.entries(files.library)

    async def look(self) -> bool:
        """Take what came into force since the last look; whether there was anything."""
        async with self._one_look:
            async with self._database.read() as tx:
                revision = await edits.revision(tx)
                if revision == self._revision:
                    return False
                in_force = await edits.in_force(tx)
            self.content = self.with_edits(in_force)
            self.in_force, self._revision = dict(in_force), revision
            self._taken(self.content)
        return True

    async def follow(self) -> None:
        """Look again and again, for what other processes write."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await self.look()
            except Exception as fault:
                log.error("the edited content could not be read, and is tried again: %s", type(fault).__name__)

    def with_edits(self, in_force: Edits) -> Content:
        """The content as it would be with these edits alone."""
        library = overlay.edited(self.files.library, in_force)
        catalog = self.files.catalog.edited(*overlay.sentences(self.files.library, in_force))
        known = {helpline.number for helpline in self.files.library.helplines.values()}
        set_here = {helpline.number for helpline in library.helplines.values()} - known
        return replace(self.files, library=library, catalog=catalog, helplines=tuple(sorted(set_here)))

    def with_proposed(self, edit: Edit) -> Content:
        """The content as it would be if one more edit were in force."""
        return self.with_edits({**self.in_force, edit.key: [*self.in_force.get(edit.key, ()), edit]})

    def standing(self, key: str) -> Standing | None:
        """How a fact or a number stands now; None when the files do not have it."""
        return self.standing_after(key, self.in_force.get(key, ()))

    def standing_after(self, key: str, made: Sequence[Edit]) -> Standing | None:
        """How it stands after these edits, which may be newer than the last look."""
        entry = self.entries.get(key)
        return overlay.standing(entry, made) if entry else None
