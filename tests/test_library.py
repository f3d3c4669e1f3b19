"""The library itself: every process runs, every number has its evidence, every published figure is held."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import compress
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from sim.core.draws import Draws
from sim.core.errors import SpecError
from sim.core.workdays import DAY, date_of
from sim.engine.compile import compile_variant
from sim.engine.play import simulate
from sim.engine.staffing import derived_staff
from sim.records.frames import records
from sim.records.log import CASE, Ended
from sim.records.tables import Staff
from sim.scenario.checks import findings
from sim.scenario.library import Library
from sim.scenario.load import load_library, load_scenario, scenario_paths
from sim.scenario.prepare import prepare
from sim.scenario.prepared import Flow, Prepared
from sim.scenario.scenario import Runs, Scenario, Variant, Window
from sim.spec.amounts import KINDS, mean
from sim.spec.attributes import Attribute
from sim.spec.base import Model, Name, Prose, english
from sim.spec.durations import Duration
from sim.spec.findings import parts
from sim.spec.opening import Opening
from sim.spec.place import Place
from sim.spec.practice import Practice
from sim.spec.procedures import listed
from sim.spec.process import Process
from sim.spec.sources import Assumption, Law, Source, Sourced
from sim.spec.step import Limit, Step

from .small import PRACTICE, model

ROOT = Path(__file__).parents[1]
SCENARIOS = [path.stem for path in scenario_paths(ROOT)]
CASES = 3
PUBLISHED = list(csv.DictReader((ROOT / "tests/published_figures.csv").open(encoding="utf-8")))


@pytest.fixture(scope="module")
def real() -> Library:
    """The library of the project, which loads without a fault."""
    return load_library(ROOT)


TODAY = "2026-11-25"
PAST = {"clinic_2019": "variants.after.reforms[0]: unknown step 'clinic_setup', did you mean 'clinic_licence'?"}
"""Scenario of a law that has ended → what is said of it when it starts today."""


def few(real: Library, name: str, start: str | None = None) -> Prepared:
    """A scenario of the project with a few cases of each process, at its own start or another."""
    spec = load_scenario(ROOT / f"scenarios/{name}.yaml", real)
    if start:
        spec = replace(spec, model=spec.model.model_copy(update={"start": start}))
        assert list(findings(spec.model, real)) == []
    demand = {p: d.model_copy(update={"cases": CASES, "warm_up": 0}) for p, d in spec.model.demand.items()}
    short = spec.model.model_copy(update={"demand": demand, "window": None})
    return prepare(replace(spec, model=short), real)


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_case_reaches_its_end_before_and_after(real: Library, name: str) -> None:
    """All cases of all processes finish in the first and in the last variant, and their time splits exactly."""
    prepared = few(real, name)
    staff = derived_staff(prepared)
    for variant in (prepared.variants[0], prepared.variants[-1]):
        tables = compile_variant(prepared, variant, staff, Draws(1, 0))
        log = simulate(tables)
        for number in range(len(tables.arrivals)):
            found = records(tables, log, number)
            assert len(found.cases) == CASES
            spans = (found.cases["finished"] - found.cases["arrived"]).tolist()
            split = found.stretches.groupby("position")["calendar"].sum().reindex(range(CASES), fill_value=0)
            through = (found.cases["refused"] != Ended.REVOKED).tolist()
            assert list(compress(split, through)) == list(compress(spans, through))


@pytest.mark.parametrize("name", sorted(set(SCENARIOS) - set(PAST)))
def test_every_scenario_can_start_today(real: Library, name: str) -> None:
    """Without a calendar of its own it runs into projected years, under the rules in force, to the end of all cases."""
    prepared = few(real, name, TODAY)
    tables = compile_variant(prepared, prepared.variants[-1], derived_staff(prepared), Draws(1, 0))
    log = simulate(tables)
    assert len(log.cases) == CASES * len(prepared.scenario.demand) * len(CASE)
    assert prepared.table.projected_within(prepared.start, date_of(prepared.start, log.end + 365 * DAY))[0] == 2027


@pytest.mark.parametrize("name", PAST)
def test_a_scenario_of_a_law_that_has_ended_is_refused_today(real: Library, name: str) -> None:
    """The rules in force have taken away what it reforms, and it is told so with the line."""
    with pytest.raises(SpecError) as raised:
        few(real, name, TODAY)
    (fault,) = raised.value.faults
    assert f"{fault.path}: {fault.message}" == PAST[name]


@pytest.mark.parametrize("name", SCENARIOS)
def test_with_fixed_times_and_no_queues_a_case_takes_its_critical_path(real: Library, name: str) -> None:
    """Every length at its mean, nothing deficient, failing or refused: the span is the longest chain of steps."""
    prepared = calm(few(real, name))
    for variant in (prepared.variants[0], prepared.variants[-1]):
        tables = compile_variant(prepared, variant, Staff({}, {}), Draws(1, 0))
        log = simulate(tables)
        for number, arrivals in enumerate(tables.arrivals):
            found = records(tables, log, number)
            ways = variant.flows[arrivals.process]
            expected = [critical_end(tables, ways, arrivals.flow[c], c, arrivals.times[c]) for c in range(CASES)]
            assert found.cases["finished"].to_numpy() / 86400 == pytest.approx(expected, abs=1e-3)


def critical_end(tables: Any, ways: tuple[Flow, ...], number: int, case: int, arrived: int) -> float:
    """The day on which the longest chain of one case ends, through its steps and their common submissions."""
    flow = tables.flows[number]
    way = ways[number - next(i for i, f in enumerate(tables.flows) if f.process == flow.process)]
    ends: list[float] = []
    for n, node in enumerate(flow.nodes):
        start = max((ends[u] for u in flow.before[n]), default=arrived / 86400)
        step = way.process.steps.get(node.id)
        if step is None or not (flow.active[n] is None or flow.active[n][case]):
            ends.append(start)
        elif step.kind == "notice" and step.duration and step.duration.unit in ("days", "calendar_days"):
            days = ceil(mean(step.duration.amount))
            ends.append(tables.deadlines.end(round(start * 86400), days, step.duration.in_calendar_time) / 86400)
        else:
            asked = [part for part in way.efforts[node.id] if holds(tables, flow.process, part.when, case)]
            ends.append(start + fixed_length(step, sum(in_days(part.work) for part in asked if part.work)))
    return max(ends)


def holds(tables: Any, process: str, when: Mapping[str, Any], case: int) -> bool:
    """Whether a condition on yes-or-no attributes and mixes holds for a case."""
    return all(tables.attributes[process][name][case] == wanted for name, wanted in when.items())


def fixed_length(step: Step, worked: float) -> float:
    """The days a calm step takes with so many days of work, when a day has 24 hours."""
    if step.done_before:
        return 0.0
    limit = step.limit.effective
    if step.official and limit is not None and step.circulation is None:
        # An hour of work inside a limit of calendar days stands for 7/5 of an hour of the limit.
        hidden = worked * (7 / 5 if limit.in_calendar_time else 1)
        handled = worked + max(in_days(limit) - hidden, 0.0)
        return handled + sum(map(in_days, step.special))
    return worked + sum(in_days(x) for x in (step.circulation, step.duration, *step.special) if x)


def in_days(duration: Duration) -> float:
    """A length in days of 24 hours."""
    per_day = {"minutes": 1440, "hours": 24, "days": 1, "calendar_days": 1}
    return mean(duration.amount) / per_day[duration.unit]


def calm(prepared: Prepared) -> Prepared:
    """The scenario in a world that never sleeps, queues, errs or hurries."""
    practice = model(PRACTICE, Practice)
    variants = tuple(
        type(v)(v.id, v.name, calm_place(v.place), {p: tuple(calm_flow(f) for f in flows)
                                                    for p, flows in v.flows.items()}, v.changes, v.start)
        for v in prepared.variants
    )  # fmt: skip
    return Prepared(prepared.scenario, variants, prepared.sources, calm_materials(prepared), practice, prepared.table,
                    prepared.start)  # fmt: skip


def calm_place(place: Place) -> Place:
    """The place with its doors always open and nobody short of staff."""
    opening = Opening(source="guess", periods=("00:00-24:00",), days="every_day")
    departments = {n: d.model_copy(update={"staff": {}}) for n, d in place.departments.items()}
    return place.model_copy(update={"hours": dict.fromkeys(place.hours, opening), "departments": departments})


def calm_materials(prepared: Prepared) -> Any:
    """The catalogue without papers that take their own time or fail in their own way."""
    plain = {m: spec.model_copy(update={"deficiency": None, "prepare": None})
             for m, spec in prepared.catalogue.materials.items()}  # fmt: skip
    return prepared.catalogue.model_copy(update={"materials": plain})


def calm_flow(flow: Flow) -> Flow:
    """The way with every length at its mean."""
    return replace(flow, process=calm_process(flow.process), efforts=at_mean(flow.efforts))


def calm_process(process: Process) -> Process:
    """The process with every length at its mean and nothing left to chance but the attributes."""
    never = {"fails": None, "refused": None, "promise": None, "deferral": None, "automatic": None, "sits": None}
    steps = {}
    for name, step in process.steps.items():
        special = tuple(s for s in step.special if not s.when)
        steps[name] = at_mean(step.model_copy(update={**never, "special": special}))
    return process.model_copy(update={"steps": steps})


def at_mean(part: Any) -> Any:
    """The part with each distribution replaced by its mean."""
    if isinstance(part, KINDS):
        return mean(part)
    if isinstance(part, Model):
        return part.model_copy(update={n: at_mean(getattr(part, n)) for n in type(part).model_fields})
    if isinstance(part, Mapping):
        return {k: at_mean(v) for k, v in part.items()}
    return tuple(map(at_mean, part)) if isinstance(part, tuple) else part


def specs(real: Library) -> Iterator[tuple[str, Model, Mapping[str, Source]]]:
    """Every file that holds numbers, with the sources it may cite."""
    yield "practice", real.practice, real.sources_of()
    yield "materials", real.catalogue, real.sources_of()
    for name, place in real.places.items():
        yield name, place, real.sources_of(place)
    for name, process in real.processes.items():
        yield name, process, real.sources_of(process)
    for path in scenario_paths(ROOT):
        scenario: Scenario = load_scenario(path, real).model
        used = [real.processes[p] for p in scenario.demand]
        yield path.stem, scenario, real.sources_of(*used, real.places[scenario.place], scenario)


ENGLISH = re.compile("[A-Za-z]{3,}")
CHINESE = re.compile("[\u4e00-\u9fff]")

UNSOURCED = (Runs, Window, Variant, Step, Opening)
"""Parts whose only numbers are no facts: replications, weeks played, visits to attend, a share with a source beside."""


def test_no_number_is_without_evidence(real: Library) -> None:
    """Every part of a spec that holds a number cites a source there is."""
    for name, spec, sources in specs(real):
        for path, part in parts(spec):
            held = [v for v in part.__dict__.values() if isinstance(v, float | int) and not isinstance(v, bool)]
            if held and not isinstance(part, (*KINDS, *UNSOURCED)) and "when" not in path and path[:1] != ("sources",):
                assert isinstance(part, Sourced), f"{name}: {path} holds {held} without a source"
                assert part.source in sources, f"{name}: {path} cites {part.source}"
            if isinstance(part, Variant) and part.share < 1:
                assert part.source in sources, f"{name}: {path} has a share without a source"


def test_every_law_names_title_and_article_and_every_assumption_its_reason_and_range(real: Library) -> None:
    """A citation can be looked up, and an assumption doubted."""
    for name, _, sources in specs(real):
        for key, source in sources.items():
            if isinstance(source, Law):
                assert source.title, f"{name}: {key}"
                found = "条" in source.article or source.note
                assert found, f"{name}: {key} names no article: {source.article}"
            if source.kind == "assumption":
                assert len(english(source.why)) > 10, f"{name}: {key} gives no reason"
                assert source.range[0] < source.range[1], f"{name}: {key} gives no range"


def test_no_committed_limit_is_above_the_statutory_one_before_or_after_a_reform(real: Library) -> None:
    """No office promises to be slower than the law allows."""
    for name in SCENARIOS:
        for variant in prepare(load_scenario(ROOT / f"scenarios/{name}.yaml", real), real).variants:
            for flows in variant.flows.values():
                for step_id, step in ((s, x) for f in flows for s, x in f.process.steps.items()):
                    limit: Limit = step.limit
                    if limit.committed and limit.statutory:
                        days = [x.mean_working_days(8 * 3600) for x in (limit.committed, limit.statutory)]
                        assert days[0] <= days[1] + 1e-9, f"{name}, {variant.id}: {step_id}"


def test_what_is_left_uncounted_is_on_the_list_of_the_statute_or_has_its_basis(real: Library) -> None:
    """An office's step that is not counted, and a procedure the statute does not name, say by what right."""
    for name, process in real.processes.items():
        for step_id, step in process.steps.items():
            if step.official and not step.is_counted:
                assert step.basis, f"{name}.{step_id}"
            named = [(step.procedure, step.basis), *((s.procedure, s.basis) for s in step.special)]
            for procedure, basis in named:
                assert procedure is None or listed(procedure) or basis or step.counted, f"{name}.{step_id}"


def test_the_handling_time_rule_stands_in_one_place(real: Library) -> None:
    """Pace and work share are told once; a step that states its own work or circulation says on what evidence."""
    rule = {real.practice.pace.source, real.practice.work_share.source, real.practice.overdue.source}
    for name, process in real.processes.items():
        sources = real.sources_of(process)
        for step_id, step in process.steps.items():
            for stated in (step.work, step.circulation):
                if step.official and stated:
                    assert stated.source in sources, f"{name}.{step_id}"
                    assert stated.source not in rule, f"{name}.{step_id} hides behind the general rule"


@pytest.fixture(scope="module")
def targets(real: Library) -> list[tuple[str, Any]]:
    """Every target of the project with its place."""
    found = []
    for path in scenario_paths(ROOT):
        scenario = load_scenario(path, real).model
        found += [(scenario.place, target) for target in scenario.targets]
    return found


@pytest.mark.parametrize("row", PUBLISHED, ids=[row["id"] for row in PUBLISHED])
def test_each_published_figure_has_its_row(targets: list[tuple[str, Any]], row: dict[str, str]) -> None:
    """The figure, the figure before and the place are those published; `-` rows are read beside their number."""
    own = [(place, t) for place, t in targets if t.id.split("-")[0] == row["id"]]
    assert own, f"no target for {row['id']} {row['indicator']}"
    figures = [float(x) for x in row["figures"].split()]
    for place, target in own:
        assert place == row["place"]
        held = target.limit if target.statistic == "share_within" else target.bound
        assert held in figures, f"{target.id} holds {held}, published {figures}"
        assert target.published_before in ((float(row["before"]),) if row["before"] else (None,)) or "-" in target.id
        if row["unit"] in ("工作日", "天", "自然日") and target.unit not in ("%", "个"):
            assert target.unit == row["unit"]


def test_all_sixty_two_figures_are_held() -> None:
    """The list of figures that a simulation can compute is whole."""
    assert len(PUBLISHED) == 62
    assert len({row["id"] for row in PUBLISHED}) == 62


def everything(real: Library) -> list[Model]:
    """Every part of every file, and every source that it may cite."""
    held = (thing for _, model, sources in specs(real) for thing in (model, *sources.values()))
    return [part for thing in held for _, part in parts(thing)]


def sentences(part: Model) -> Iterator[Prose]:
    """Every sentence of a part of a model."""
    fields = type(part).model_fields.items()
    told = (getattr(part, key) for key, field in fields if field.annotation in (Prose, Prose | None))
    return (text for text in told if text is not None)


def test_every_sentence_of_the_library_stands_in_both_languages(real: Library) -> None:
    """The Chinese one is mostly Chinese, the English one mostly English: no report has to quote the other language."""
    found = everything(real)
    texts = [text for part in found for text in sentences(part)]
    single = {text for text in texts if isinstance(text, str)}
    both = {text for text in texts if isinstance(text, Name)}
    odd = {text.zh for text in both if 4 * len(ENGLISH.findall(text.zh)) > len(CHINESE.findall(text.zh))}
    odd |= {text.en for text in both if len(CHINESE.findall(text.en)) > len(ENGLISH.findall(text.en)) + 10}
    assert (single, odd, len(both) > 500) == (set(), set(), True)


def test_every_assumption_and_every_attribute_of_the_library_has_a_name_in_both_languages(real: Library) -> None:
    """A planner reads what a verdict hangs on, not a key."""
    found = everything(real)
    named = [part for part in found if isinstance(part, Assumption | Attribute)]
    assert (len(named) > 400, [part for part in named if part.name is None]) == (True, [])
