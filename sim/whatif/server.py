"""The server of the page: on this machine alone, behind a token in the address; it writes only what is to be saved."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, abort, redirect, request
from werkzeug.serving import BaseWSGIServer, make_server
from werkzeug.wrappers import Response as Answer

from sim.core.errors import PlannerError
from sim.core.files import write_whole
from sim.report.font import font_file
from sim.whatif import told
from sim.whatif.asked import Asked
from sim.whatif.saved import file_name, saved

HOST = "127.0.0.1"
FOLDER = Path(__file__).parent
POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; "
POLICY += "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
"""What a browser may fetch for the page: nothing from anywhere else."""
SHARES = {"wide": "image/svg+xml", "narrow": "image/svg+xml", "data": "text/csv"}
"""What there is of the waterfall, and what kind of file each is."""
LONGEST = 20_000
"""Characters of an address, beyond which nobody meant it."""


def server(asked: Asked, token: str, folder: Path, port: int = 0) -> BaseWSGIServer:
    """Return the server of a scenario, listening on this machine; a free port where none is named.

    Raises PlannerError where the port is taken.
    """
    try:
        return make_server(HOST, port, application(asked, token, folder), threaded=True)
    except (OSError, SystemExit) as error:
        raise PlannerError(f"--port {port}: it cannot be listened on; name another, or leave --port out") from error


def address(serving: BaseWSGIServer, token: str, settings: Sequence[str] = ()) -> str:
    """The address of the page, with what is tried."""
    asked = f"?{urlencode([('set', text) for text in settings])}" if settings else ""
    return f"http://{HOST}:{serving.port}/{token}/{asked}"


def application(asked: Asked, token: str, folder: Path) -> Flask:
    """Return what answers; whoever does not know the token is told nothing."""
    app, site = Flask("sim.whatif", static_folder=None, template_folder=None), Site(asked, token, folder)
    app.before_request(site.guard)
    app.after_request(_alone)
    for part, view in site.parts.items():
        app.add_url_rule(f"/{token}/{part}", part or "page", view, methods=["POST" if part == "save" else "GET"])
    return app


@dataclass(frozen=True)
class Site:
    """The parts of the page, each at an address of its own below the token."""

    asked: Asked
    token: str
    folder: Path
    """Where what is saved is written."""

    @property
    def parts(self) -> Mapping[str, Callable[[], str | Answer]]:
        """Address below the token → what answers there."""
        return {
            "": self.page, "moved": self.moved, "answer": self.answer, "enough": self.enough, "save": self.save,
            "whatif.js": self.script, "font.ttf": self.font,
            **{f"shares/{form}": partial(self.shares, form) for form in SHARES},
        }  # fmt: skip

    def guard(self) -> None:
        """Tell nothing to whoever does not know the token, or comes by another name than this machine's own."""
        host = request.host.partition(":")[0]
        first = request.path.split("/")[1]
        if host not in (HOST, "localhost") or not hmac.compare_digest(first.encode(), self.token.encode()):
            abort(404)
        if len(request.full_path) > LONGEST:
            abort(414)

    @property
    def settings(self) -> list[str]:
        """What is tried, by the address of the request."""
        return request.args.getlist("set")

    def page(self) -> str:
        """The whole page, with a first look."""
        return told.page(self.asked, self.settings, self._answer(exact=False), f"/{self.token}/whatif.js")

    def moved(self) -> Answer:
        """A form that was sent without script: what was moved becomes the address of the page."""
        found = _moved(self.asked, request.args.to_dict(flat=False))
        return redirect(f"/{self.token}/?{urlencode([('set', text) for text in found])}")

    def answer(self) -> str:
        """A first look, or the exact answer where that is asked for."""
        return self._answer("exact" in request.args)

    def enough(self) -> str:
        """What would meet the missed targets."""
        try:
            return told.enough(self.asked, *self.asked.enough(self.settings))
        except PlannerError as error:
            return told.wrong(self.asked, str(error), self.settings)

    def save(self) -> str:
        """The settings saved as a scenario file."""
        try:
            text, change = saved(self.asked.path, self.asked.library, self.settings, self.folder)
            path = write_whole(self.folder / file_name(self.asked.now.scenario.id), text)
        except PlannerError as error:
            return told.wrong(self.asked, str(error), self.settings)
        return told.kept(self.asked, path, change)

    def shares(self, form: str) -> Answer:
        """The waterfall of the first target, wide or narrow, or its numbers; nothing where there is none."""
        try:
            found = told.waterfall(self.asked.shares(self.settings), self.asked.lang, form)
        except PlannerError:
            found = b""
        return Answer(found, 200 if found else 204, mimetype=SHARES[form])

    def script(self) -> Answer:
        """The script of the page."""
        return Answer((FOLDER / "whatif.js").read_bytes(), mimetype="text/javascript")

    def font(self) -> Answer:
        """The Chinese font, whole, since an answer may have any character."""
        return Answer(font_file().read_bytes(), mimetype="font/ttf", headers={"Cache-Control": "max-age=86400"})

    def _answer(self, exact: bool) -> str:
        """An answer, or what is wrong where the settings cannot be."""
        try:
            found = self.asked.answer(self.settings) if exact else self.asked.look(self.settings)
        except PlannerError as error:
            return told.wrong(self.asked, str(error), self.settings)
        return told.answer(self.asked, found, self.settings, exact)


def _alone(response: Answer) -> Answer:
    """Let a browser fetch nothing for it from elsewhere, and keep nothing."""
    for name, value in (("Content-Security-Policy", POLICY), ("Referrer-Policy", "no-referrer"),
                        ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store")):  # fmt: skip
        response.headers.setdefault(name, value)
    return response


def _moved(asked: Asked, form: Mapping[str, Sequence[str]]) -> list[str]:
    """The settings of a form: of every control that stands elsewhere than now."""
    return [text for control in asked.controls for text in control.settings(control.given(form.get(control.key)))]
