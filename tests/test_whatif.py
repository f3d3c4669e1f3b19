"""The page to try things on: what may be moved, what is told of it, and that it is nobody else's business."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient

from sim.analysis.compare import compare
from sim.core.errors import PlannerError
from sim.decide.bought import bought
from sim.scenario.desk import Desk
from sim.scenario.load import load_library
from sim.whatif.asked import Asked
from sim.whatif.controls import Control
from sim.whatif.saved import saved
from sim.whatif.server import address, application, server

ROOT = Path(__file__).parents[1]
TOKEN = "secret"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small library."""
    return Path(shutil.copytree(ROOT / "tests/library", tmp_path_factory.mktemp("whatif") / "desk"))


@pytest.fixture(scope="module")
def asked(root: Path) -> Asked:
    """The small scenario, asked in English."""
    return Asked(root / "scenarios/faster.yaml", load_library(root), "en")


@pytest.fixture
def client(asked: Asked, tmp_path: Path) -> Iterator[FlaskClient]:
    """Somebody who looks at the page."""
    with application(asked, TOKEN, tmp_path).test_client() as client:
        yield client


def get(client: FlaskClient, part: str, *settings: str, **more: str) -> str:
    """What is told at a part of the page, as text."""
    query = urlencode([*(("set", text) for text in settings), *more.items()])
    return client.get(f"/{TOKEN}/{part}?{query}").get_data(as_text=True)


def told(text: str) -> str:
    """A fragment without its tags, on one line."""
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", text)).split())


def control(asked: Asked, address: str) -> Control:
    """What moves an address."""
    return next(c for c in asked.controls if address in c.addresses)


def test_reforms_demand_officers_assumptions_and_limits_may_be_moved(asked: Asked) -> None:
    """Each by an address that `--set` knows, from the number that stands there to what it may be."""
    found = {c.addresses[0]: (c.group, c.label, c.operator, c.now, c.low, c.high) for c in asked.controls}
    assert found == {
        "after.并联审批": ("reforms", "parallel approval", "=", 1, 0, 1),
        "after.数据共享": ("reforms", "data sharing", "=", 1, 0, 1),
        "after.数据共享.fallback": ("reforms", "data sharing · calls that fail", "=", 0.1, 0.01, 1.0),
        "demand.shop.per_year": ("demand", "Opening a shop", "*=", 1, 0.5, 2.0),
        "process.shop.review.limit.statutory.days": ("limits", "Drawing review", "=", 20, 10, 40.0),
        "process.shop.review.limit.committed.days": ("limits", "Drawing review", "=", 10, 1, 20),
        "process.shop.inspect.limit.statutory.days": ("limits", "Fire inspection", "=", 10, 1, 20.0),
        "process.shop.grant.limit.statutory.days": ("limits", "Grant", "=", 20, 1, 40.0),
    }


def test_an_assumption_is_moved_within_its_range_wherever_it_stands_and_officers_by_whole_ones() -> None:
    """A number within the range, a distribution by how many times as much its mean would be; a role of a department."""
    asked = Asked(ROOT / "scenarios/high_voltage_power.yaml", load_library(ROOT), "en")
    pace, design = (next(c for c in asked.controls if c.small == key) for key in ("pace", "design_time"))
    officers = control(asked, "place.power_company.officers")
    assert (pace.label, pace.operator, pace.low <= 1 <= pace.high) == ("pace within the limits", "*=", True)
    assert (design.label, design.addresses) == (
        "time of the design",
        ("process.high_voltage_power.customer_design.duration.days",),
    )
    assert (officers.whole, officers.low, officers.settings(officers.now + 1)) == (
        True,
        1,
        [f"place.power_company.officers={officers.now + 1:g}"],
    )


@pytest.mark.parametrize("end", ["low", "high"])
def test_everything_that_is_offered_may_be_moved_to_its_ends(asked: Asked, end: str) -> None:
    """No slider leads to a fault."""
    moved = [(c, getattr(c, end)) for c in asked.controls if not c.toggle]
    tried = [asked.prepared(c.settings(value)).settings.made for c, value in moved]
    assert [len(made) > 0 for made in tried] == [value != c.now for c, value in moved]


def test_the_exact_answer_is_that_of_compare_with_the_same_settings(asked: Asked, root: Path) -> None:
    """Figures and verdicts, target by target."""
    desk = Desk(root)
    desk.settings = ["demand.shop.per_year*=1.3"]
    wanted = compare(desk.prepare("faster"))
    found = asked.answer(desk.settings)
    assert found.targets == wanted.targets


def test_what_is_shared_out_is_what_compare_shares_out(asked: Asked, client: FlaskClient, root: Path) -> None:
    """The same reforms buy as much; there is no picture where a single reform is left."""
    wanted = bought(compare(Desk(root).prepare("faster")))
    found = asked.shares([])
    assert wanted is not None
    assert found is not None
    assert found.answers == wanted.answers
    told = {form: client.get(f"/{TOKEN}/shares/{form}") for form in ("wide", "narrow", "data")}
    assert [answer.status_code for answer in told.values()] == [200] * 3
    assert [told[form].data[:5] for form in ("wide", "narrow")] == [b"<?xml"] * 2
    assert told["data"].data.decode("utf-8-sig").startswith("Part,Fair share,")
    assert told["wide"].data != told["narrow"].data
    off = [client.get(f"/{TOKEN}/shares/{form}?set=after.并联审批=off").status_code for form in told]
    assert off == [204] * 3


def test_the_page_shows_the_state_of_its_address_and_the_command_that_finds_the_same(client: FlaskClient) -> None:
    """A link that is passed on shows the same; a reform that is off is not ticked."""
    page = get(client, "", "after.并联审批=off", "demand.shop.per_year*=1.5")
    ticked = re.search(r'name="after.并联审批 ="[^>]*>', page)
    moved = re.search(r'name="demand.shop.per_year \*="[^>]*>', page)
    assert ticked
    assert "checked" not in ticked[0]
    assert moved
    assert 'value="1.5"' in moved[0]
    command = "run.py compare faster --set 'after.并联审批=off' --set 'demand.shop.per_year*=1.5'"
    assert command in html.unescape(page)


def test_a_form_without_script_leads_to_the_page_with_what_was_moved(client: FlaskClient, asked: Asked) -> None:
    """Everything as it was gives no setting; what was moved becomes the address."""
    form = {c.key: "1" if c.toggle else f"{c.now:.10g}" for c in asked.controls}
    same = client.get(f"/{TOKEN}/moved?{urlencode(form)}").headers["Location"]
    form[control(asked, "demand.shop.per_year").key] = "2"
    del form[control(asked, "after.并联审批").key]
    moved = client.get(f"/{TOKEN}/moved?{urlencode(form)}").headers["Location"]
    assert [parse_qsl(urlsplit(where).query) for where in (same, moved)] == [
        [],
        [("set", "after.并联审批=off"), ("set", "demand.shop.per_year*=2")],
    ]


@pytest.mark.parametrize(
    ("setting", "fault"),
    [
        ("after.容缺=off", "--set after.容缺=off: unknown reform '容缺'"),
        (
            "demand.shop.per_year=<script>alert(1)</script>",
            "set by --set demand.shop.per_year=<script>alert(1)</script>",
        ),
    ],
)
def test_what_cannot_be_set_is_told_where_the_answer_would_stand(client: FlaskClient, setting: str, fault: str) -> None:
    """With the message of the command line, and nothing of it is markup."""
    text = get(client, "answer", setting)
    assert told(text).startswith("It cannot be set like this: ")
    assert fault in told(text)
    assert "<script>" not in text


def test_whoever_does_not_know_the_token_is_told_nothing(client: FlaskClient) -> None:
    """Nor whoever comes by a name that leads here from elsewhere."""
    codes = [
        client.get("/").status_code,
        client.get("/other/answer").status_code,
        client.post("/other/save").status_code,
        client.get(f"/{TOKEN}/", headers={"Host": "evil.example"}).status_code,
        client.get(f"/{TOKEN}/save").status_code,
        client.get(f"/{TOKEN}/answer?set={'x' * 30_000}").status_code,
    ]
    assert codes == [404, 404, 404, 404, 405, 414]


def test_the_browser_may_fetch_nothing_from_elsewhere(client: FlaskClient) -> None:
    """And keeps nothing of what it was told."""
    headers = client.get(f"/{TOKEN}/whatif.js").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_what_was_tried_is_saved_as_a_scenario_that_validates(client: FlaskClient, root: Path, tmp_path: Path) -> None:
    """With its difference; nothing else is written, and the library stays as it is."""
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    text = client.post(f"/{TOKEN}/save?{urlencode({'set': 'after.并联审批=off'})}").get_data(as_text=True)
    written = tmp_path / "faster_tried.yaml"
    prepared = Desk(root).prepare(str(written))
    assert "-      - reform: 并联审批" in html.unescape(text)
    assert [reform.reform for reform in prepared.scenario.variants["after"].reforms] == ["数据共享"]
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before
    assert sorted(tmp_path.iterdir()) == [written]


def test_what_stands_in_other_files_is_told_as_the_settings_to_run_it_with(asked: Asked, tmp_path: Path) -> None:
    """A scenario cannot hold a number of the place."""
    text, change = saved(asked.path, asked.library, ["place.bureau.officers=5"], tmp_path)
    assert text.splitlines()[:3] == [
        "# What was tried, as a scenario of its own; the comments of the file it was made from stand there.",
        "# These stand in other files; run it with:",
        "#   --set place.bureau.officers=5",
    ]
    assert change.splitlines()[-1] == "# --set place.bureau.officers=5"


def test_a_port_that_is_taken_is_told(asked: Asked, tmp_path: Path) -> None:
    """And the address has the port, the token and what is tried."""
    with server(asked, TOKEN, tmp_path) as serving:
        assert address(serving, TOKEN, ["a=1"]) == f"http://127.0.0.1:{serving.port}/{TOKEN}/?set=a%3D1"
        with pytest.raises(PlannerError, match=f"--port {serving.port}: it cannot be listened on; name another"):
            server(asked, TOKEN, tmp_path, serving.port)
