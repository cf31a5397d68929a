"""The list of rows, drawn line by line: of a hundred thousand rows only those on screen exist."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

Painter = Callable[[int, int, bool], Text]
"""A row, a width, whether the cursor is on it: its line."""


class Queue(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows by number; the cursor is a place among the visible ones. Keys are the app's: those of a
    scroll view would move the list away from under the cursor."""

    class Clicked(Message):
        """A row was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, paint: Painter, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._paint = paint
        self._rows: Sequence[int] = ()
        self.place = 0

    def show(self, rows: Sequence[int], place: int) -> None:
        """Show other rows, with the cursor at *place*."""
        self._rows = rows
        self.place = place
        self._fit()
        self._reveal()
        self.refresh()

    def move(self, place: int) -> None:
        """Put the cursor elsewhere; two lines are drawn anew."""
        old, self.place = self.place, place
        self.refresh_place(old)
        self.refresh_place(place)
        self._reveal()

    def refresh_place(self, place: int) -> None:
        """Draw one line anew."""
        y = place - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    @property
    def page(self) -> int:
        """Rows on screen."""
        return max(1, self.size.height)

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        width = self.size.width
        if place >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        line = self._paint(self._rows[place], width, place == self.place)
        line.end = ""
        strip = Strip(line.render(self.app.console), width)
        return strip.adjust_cell_length(width).apply_style(self.rich_style)

    def on_resize(self, event: events.Resize) -> None:
        self._fit()
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        place = event.y + self.scroll_offset.y
        if place < len(self._rows):
            self.post_message(self.Clicked(place))

    def _fit(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._rows))

    def _reveal(self) -> None:
        # Before the first layout there is no height, and any place would lie below it.
        height = self.size.height
        if not height:
            return
        top = self.scroll_offset.y
        if self.place < top:
            self.scroll_to(y=self.place, animate=False)
        elif self.place >= top + height:
            self.scroll_to(y=self.place - height + 1, animate=False)
