"""A text of fixed size that asks to be painted anew when its size changes."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import Static


class Pane(Static):
    """What fits into it depends on its width, which only the layout knows."""

    class Resized(Message):
        """It has another size."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Pane.Resized)

    def on_resize(self, event: events.Resize) -> None:
        self.post_message(self.Resized())
