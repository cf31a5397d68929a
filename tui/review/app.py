"""The review on screen: it paints what the model says and passes on what is typed."""

from __future__ import annotations

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.output import shown
from tui.review import paint
from tui.review.keys import KEYS, LETTERS, key_help, key_line
from tui.review.model import ReviewModel, Told
from tui.review.widgets.pane import Pane
from tui.review.widgets.queue import Queue

WIDE = 100
"""Columns from which queue and detail stand side by side."""
SHORT = 23
"""Lines below which the panes of the narrow layout are made smaller."""
LEAST = (60, 18)
"""Columns and lines below which nothing but a message is shown."""


_DECIDING = {key.action.partition("(")[0] for key in KEYS} - {"clear", "leave", "move", "page"}


class Help(ModalScreen[None]):
    """All keys; any key but those that scroll leaves it."""

    def compose(self) -> ComposeResult:
        table = Table.grid(padding=(0, 2))
        for key, text in key_help():
            table.add_row(Text(key, style="bold"), Text(text))
        with VerticalScroll(id="help"):
            yield Static(table)

    def on_mount(self) -> None:
        self.query_one("#help").border_title = "Keys (any key closes)"

    def on_key(self, event: events.Key) -> None:
        if event.key not in ("up", "down", "pageup", "pagedown", "home", "end"):
            event.stop()
            self.dismiss()

    def on_click(self) -> None:
        self.dismiss()


class ReviewApp(App[None]):
    """One review. The caller saves the session when the app is left."""

    CSS_PATH = "review.tcss"
    TITLE = "songngu review"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(key.keys), key.action, key.help, show=False, id=key.action) for key in KEYS
    ]

    def __init__(self, model: ReviewModel, *, project: str) -> None:
        super().__init__()
        self.model = model
        self._project = project
        self._sentence = 0
        self._letters = True
        self._place = 0
        self._width = 0
        self._heads: dict[Widget, str] = {}

    def compose(self) -> ComposeResult:
        yield Static(id="title", markup=False)
        yield Static(id="progress", markup=False)
        with Vertical(id="body"):
            yield Queue(self._paint_row, id="queue")
            with Vertical(id="detail"):
                yield Pane(id="choices", markup=False)
                yield Pane(id="evidence", markup=False)
                yield Pane(id="note", markup=False)
        yield Static(id="message", markup=False)
        yield Input(id="find", placeholder="letters without marks find any mark", compact=True)
        yield Static(id="keys", markup=False)
        yield Static(f"the review needs {LEAST[0]} columns and {LEAST[1]} lines", id="small")

    def on_mount(self) -> None:
        self.query_one("#find", Input).display = False
        first = next(
            (
                row
                for row in self.model.visible
                if self.model.state(row) in ("new", "conflict", "reopened")
            ),
            0,
        )
        self._queue.focus()
        self._show(first)
        if self.model.session.left_out:
            names = ", ".join(sorted({one.key for one in self.model.session.left_out})[:3])
            self._say(
                Told(f"decided earlier, but changed since in glossary.yaml: {names}", ok=False)
            )

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        small = width < LEAST[0] or height < LEAST[1]
        for name, holds in (
            ("small", small),
            ("short", height < SHORT),
            ("wide", not small and width >= WIDE),
            ("narrow", not small and width < WIDE),
        ):
            for screen in self.screen_stack:  # the help may lie over the review
                screen.set_class(holds, name)
        self._width = width
        self._paint_head()

    # What is typed

    async def on_key(self, event: events.Key) -> None:
        """Letters, and what an input method makes of them."""
        if self._finding or not event.character or len(self.screen_stack) > 1:
            return
        if not event.character.isascii():
            self._letters = False
            self._say(
                Told(
                    f"{event.character}: a Vietnamese input method is on; letters are off now,"
                    " use Enter - Space 1-9",
                    ok=False,
                )
            )
        elif self._letters and event.character in LETTERS:
            event.stop()
            # At once: a key typed behind it must not overtake it.
            await self.run_action(LETTERS[event.character])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is looked for, keys belong to the line it is typed in."""
        return not self._finding or action not in _DECIDING

    def action_accept(self) -> None:
        if self._row is not None:
            self._advance(self.model.accept_best(self._row))

    def action_choose(self, number: int) -> None:
        if self._row is not None:
            self._advance(self.model.accept(self._row, number - 1))

    def action_reject(self) -> None:
        if self._row is not None:
            self._advance(self.model.reject(self._row))

    def action_skip(self) -> None:
        if self._row is not None:
            self._advance(self.model.skip(self._row))

    def action_undo(self) -> None:
        self._return(self.model.undo())

    def action_redo(self) -> None:
        self._return(self.model.redo())

    def action_move(self, step: int) -> None:
        self._go(self._place + step)

    def action_page(self, step: int) -> None:
        self._go(self._place + step * self._queue.page)

    def action_edge(self, side: int) -> None:
        self._go(0 if side < 0 else len(self.model.visible) - 1)

    def action_context(self, step: int) -> None:
        if self._row is None:
            return
        there = len(self.model.rows[self._row].examples)
        self._sentence = (self._sentence + step) % max(1, there)
        self._paint_detail()

    def action_search(self) -> None:
        find = self.query_one("#find", Input)
        find.display = True
        self.screen.add_class("finding")
        find.value = self.model.query
        # Not find.focus(), which waits: what is typed together with / belongs here.
        self.screen.set_focus(find)

    def action_clear(self) -> None:
        row = self._row
        self.query_one("#find", Input).value = ""
        self._close_search()
        self.model.search("")
        self._show(row or 0)

    def action_keys(self) -> None:
        self.push_screen(Help())

    def action_leave(self) -> None:
        self.exit()

    def on_input_changed(self, event: Input.Changed) -> None:
        if self._finding:
            row = self._row
            self.model.search(event.value)
            self._show(row if row is not None and row in self.model.visible else None)

    def on_input_submitted(self) -> None:
        self._close_search()

    def on_descendant_focus(self) -> None:
        """Who leaves the search line has done with it; else keys would go nowhere."""
        if self._finding and not self.query_one("#find", Input).has_focus:
            self._close_search()

    def on_pane_resized(self) -> None:
        self._paint_detail()

    def on_queue_clicked(self, event: Queue.Clicked) -> None:
        self._go(event.place)

    # What is shown

    @property
    def _wide(self) -> bool:
        return self._width >= WIDE

    @property
    def _queue(self) -> Queue:
        return self.query_one("#queue", Queue)

    @property
    def _finding(self) -> bool:
        return self.query_one("#find", Input).display

    @property
    def _row(self) -> int | None:
        """The row the cursor is on; None where the search left none."""
        visible = self.model.visible
        return visible[self._place] if 0 <= self._place < len(visible) else None

    def _close_search(self) -> None:
        self.query_one("#find", Input).display = False
        self.screen.remove_class("finding")
        self._queue.focus()
        self._paint_all()

    def _show(self, row: int | None) -> None:
        """Show the visible rows with the cursor on *row*, else on the first."""
        visible = self.model.visible
        self._place = visible.index(row) if row is not None and row in visible else 0
        self._sentence = 0
        self._queue.show(visible, self._place)
        self._paint_all()

    def _go(self, place: int) -> None:
        place = max(0, min(place, len(self.model.visible) - 1))
        self._place = place
        self._sentence = 0
        self._queue.move(place)
        self._paint_detail()

    def _advance(self, told: Told) -> None:
        """After a decision: tell it, and go to the next row nobody decided on."""
        self._say(told)
        following = self.model.next_open(told.row) if told.ok and told.row is not None else None
        self._queue.refresh_place(self._place)
        if following is not None:
            self._go(self.model.visible.index(following))
        else:
            self._paint_detail()
        self._paint_head()

    def _return(self, told: Told) -> None:
        """After undo and redo: tell it, and go to the row it was about."""
        self._say(told)
        if told.row is not None and told.row in self.model.visible:
            self._go(self.model.visible.index(told.row))
        else:
            self._paint_detail()
        self._queue.refresh()
        self._paint_head()

    def _say(self, told: Told) -> None:
        text = Text(f" {shown(told.text)}", no_wrap=True, style="" if told.ok else "bold yellow")
        if told.ok and told.text and told.undoable:
            text.append("     ^Z undo", style=paint.MUTED)
        self.query_one("#message", Static).update(text, layout=False)

    def _paint_row(self, row: int, width: int, here: bool) -> Text:
        return paint.queue_line(self.model, row, width, here=here)

    def _paint_all(self) -> None:
        self._paint_head()
        self._paint_detail()
        self._queue.refresh()

    def _paint_head(self) -> None:
        model, width = self.model, self._width or self.size.width
        self.query_one("#title", Static).update(
            Text(paint.title_line(model, self._project, width)), layout=False
        )
        self.query_one("#keys", Static).update(paint.keys_line(key_line(), width), layout=False)
        self.query_one("#progress", Static).update(paint.progress_line(model, width), layout=False)
        found = (
            f'"{model.query}" · {len(model.visible):,}' if model.query else f"{len(model.rows):,}"
        )
        self._head(self._queue, f"Queue {found}")

    def _paint_detail(self) -> None:
        choices, evidence, note = (
            self.query_one(f"#{name}", Pane) for name in ("choices", "evidence", "note")
        )
        row = self._row
        if row is None:
            for pane in (choices, evidence, note):
                self._head(pane, "")
                pane.update("", layout=False)
            choices.update(Text("nothing found; Esc shows every row"), layout=False)
            return
        model, wide = self.model, self._wide
        candidate = model.rows[row]
        chosen = model.english(row) if model.state(row) == "accepted" else ""
        self._head(choices, paint.heading(model, row))
        choices.update(
            paint.choice_lines(model.choices(row), choices.content_size.width, chosen=chosen),
            layout=False,
        )
        there = len(candidate.examples)
        count = 1 if not wide else max(1, evidence.content_size.height // 8)
        last = min(self._sentence + count, there)
        which = f"{self._sentence + 1}–{last}" if last > self._sentence + 1 else f"{last}"
        self._head(evidence, f"In context {which} of {there}" if there else "In context")
        size = evidence.content_size
        evidence.update(
            paint.evidence(
                candidate, self._sentence, count, wide=wide, width=size.width, height=size.height
            ),
            layout=False,
        )
        self._head(note, "Note · provenance")
        note.update(paint.note(model, row), layout=False)

    def _head(self, pane: Widget, text: str) -> None:
        """Give a pane its title; a line without corners leaves it no room of its own. Setting it
        draws the whole pane anew, so the same one is not set again."""
        text = " ".join(shown(text).split())
        text = text if not text or self._wide else f" {text} "
        if self._heads.get(pane) != text:
            self._heads[pane] = text
            pane.border_title = Content(text)  # not markup
