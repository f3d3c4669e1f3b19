"""Staff that follows from the demand and an assumed utilisation, because no published figure tells it."""

from __future__ import annotations

import pytest

from sim.analysis.compare import compare
from sim.engine.staffing import derived_staff
from sim.scenario.prepared import Prepared

from .services import PLACE, pair, practised, reformed

NOTHING = "{reform: 一次性告知}"


def town(**roles: str) -> str:
    """The town whose bureau has staff of these roles, as groups in YAML."""
    staff = ", ".join(f"{role}: [{group}]" for role, group in roles.items())
    return PLACE.replace("en: Bureau}}", f"en: Bureau}}, staff: {{{staff}}}}}")


def busy(share: float, hours: str = "office") -> str:
    """A group that is to be busy for a share of its time."""
    return f"{{utilisation: {share}, hours: {hours}, source: guess}}"


def year(prepared: Prepared) -> float:
    """Working hours of 365 days from the start, counted day by day."""
    first = prepared.table.index(prepared.start)
    return 8 * int(prepared.table.working[first : first + 365].sum())


def staff(steps: str, place: str, per_year: int = 1000, **more: str) -> tuple[Prepared, dict[tuple[str, str], int]]:
    """The staff derived for so many cases a year."""
    prepared = reformed(steps, NOTHING, place=place, demand=f"per_year: {per_year}", **more)  # type: ignore[arg-type]
    return prepared, dict(derived_staff(prepared).officers)


@pytest.mark.parametrize(
    ("hours", "share", "officers"),
    # 249 or so working days of 8 hours are just under 2000 hours: 1000 cases of 6 hours need 3.01 officers.
    [(6, 1 - 1e-9, 4), (6, 0.75, 5), (6, 0.5, 7), (1, 0.75, 1), (0.1, 0.5, 1), (20, 0.8, 13)],
)
def test_as_many_officers_as_the_work_of_a_year_needs(hours: float, share: float, officers: int) -> None:
    """Work a year, over open hours a year, over the utilisation, rounded up."""
    prepared, found = staff(f"  a: {{limit: {{statutory: ~5}}, work: ~{hours}h}}", town(officers=busy(share)))
    assert 1960 <= year(prepared) <= 2000
    assert 0 <= officers - 1000 * hours / year(prepared) / share < 1
    assert found == {("bureau", "officers"): officers}


def test_every_step_window_and_process_at_a_pool_adds_to_its_load() -> None:
    """Per case 3 + 2 hours of officers; another process with as many cases asks for 4 more: 9 × n hours."""
    steps = "  a: {limit: {statutory: ~5}, work: ~3h}\n  b: {after: {a: order}, limit: {statutory: ~5}, work: ~2h}"
    prepared = pair(steps, "  z: {limit: {statutory: ~5}, work: ~4h}", place=town(officers=busy(0.5)))
    per_year = 365 * 24 * 60
    found = derived_staff(prepared).officers
    assert 0 <= found["bureau", "officers"] - 9 * per_year / year(prepared) / 0.5 < 1


def test_the_window_s_checks_are_work_too_rounds_of_correction_included() -> None:
    """Half an hour a check; at a deficiency of one half a paper is checked twice on average: 1 hour a case."""
    steps = "  a: {needs: [form], limit: {statutory: ~5}}"
    _, once = staff(steps, town(window=busy(0.5)), 10_000, practice=practised(check=30))
    prepared, twice = staff(steps, town(window=busy(0.5)), 10_000, practice=practised(check=30, deficient=0.5))
    assert 0 <= once["bureau", "window"] - 5_000 / year(prepared) / 0.5 < 1
    assert twice["bureau", "window"] == pytest.approx(10_000 / year(prepared) / 0.5, rel=0.1)


def test_an_inspection_by_two_needs_two_however_few_the_cases() -> None:
    """One case a year still takes both at once; the hours count for each of them."""
    steps = "  a: {limit: {statutory: ~5}, work: {hours: 4, staff: 2, by: inspectors, source: guess}}"
    _, few = staff(steps, town(inspectors=busy(0.5)), 1)
    prepared, many = staff(steps, town(inspectors=busy(0.5)), 1000)
    assert few == {("bureau", "inspectors"): 2}
    assert 0 <= many["bureau", "inspectors"] - 8000 / year(prepared) / 0.5 < 1


def test_cases_that_skip_a_step_are_no_load() -> None:
    """A quarter of the cases is inspected."""
    steps = """
  a: {when: {large: true}, limit: {statutory: ~5}, work: ~40h}
  b: {after: {a: order}, limit: {statutory: ~1}}
"""
    prepared, found = staff(steps, town(officers=busy(0.5)), attributes="{large: {share: 0.25, source: guess}}")
    # b asks for nothing: the rule's share of work is 0 here.
    assert found["bureau", "officers"] == pytest.approx(10_000 / year(prepared) / 0.5, rel=0.1)


def test_staff_is_the_same_before_and_after() -> None:
    """It follows from the demand before the reforms, even where a reform halves the work."""
    steps = "  a: {limit: {statutory: ~5}, work: ~6h}\n  b: {after: {a: order}, limit: {statutory: ~5}, work: ~6h}"
    place = town(officers=busy(0.5))
    prepared = reformed(steps, "{reform: 取消, steps: [b]}", place=place, demand="per_year: 1000", cases=300)
    found = compare(prepared, runs=2)
    assert found.staff.officers == {("bureau", "officers"): 13}
    before, after = (found.utilisation[v]["bureau", "officers"].mean for v in ("before", "after"))
    assert before == pytest.approx(12_000 / year(prepared) / 13, abs=0.07)
    assert after == pytest.approx(before / 2, abs=0.05)


def test_stated_staff_is_not_derived() -> None:
    """Only the pool whose number is not known is told."""
    place = town(officers=busy(0.5), inspectors="{count: 3, hours: office, source: guess}")
    steps = """
  a: {limit: {statutory: ~5}, work: ~6h}
  b: {limit: {statutory: ~5}, work: {hours: 1, by: inspectors, source: guess}}
"""
    _, found = staff(steps, place)
    assert set(found) == {("bureau", "officers")}


def test_a_department_that_acts_for_others_carries_their_work() -> None:
    """One bureau holds all the seals: the hall's work is its own, 3 + 3 hours a case."""
    place = PLACE.replace("{name: {zh: 局, en: Bureau}}", "{by: hall}")
    place = place.replace("en: Hall}}", f"en: Hall}}, staff: {{officers: [{busy(0.5)}]}}}}")
    steps = "  a: {limit: {statutory: ~5}, work: ~3h}\n  b: {at: hall, limit: {statutory: ~5}, work: ~3h}"
    prepared, found = staff(steps, place)
    assert set(found) == {("hall", "officers")}
    assert 0 <= found["hall", "officers"] - 6000 / year(prepared) / 0.5 < 1


def test_a_department_has_a_section_of_officers_at_least_for_each_whose_business_it_does() -> None:
    """Three where one hour a year is asked for, six where a bureau acts for another; a window as many as it needs."""
    practice = practised() + "section: {officers: 3, source: guess}\n"
    steps = "  a: {needs: [form], limit: {statutory: ~5}, work: ~1h}"
    place = town(officers=busy(0.5), window=busy(0.5))
    assert staff(steps, place, 1, practice=practice)[1] == {("bureau", "officers"): 3, ("bureau", "window"): 1}
    merged = place.replace("hall: {name: {zh: 大厅, en: Hall}}", "hall: {by: bureau}")
    assert staff(steps, merged, 1, practice=practice)[1] == {("bureau", "officers"): 6, ("bureau", "window"): 1}
    _, many = staff("  a: {limit: {statutory: ~5}, work: ~6h}", town(officers=busy(0.75)), practice=practice)
    assert many == {("bureau", "officers"): 5}


def test_longer_hours_need_fewer_officers() -> None:
    """A hall that is open every day for 8 hours has 365 days to do the work in."""
    hall = 'hall: {periods: ["09:00-17:00"]'
    place = town(officers=busy(0.5, "hall")).replace(hall, f"{hall}, days: every_day")
    _, found = staff("  a: {limit: {statutory: ~5}, work: ~6h}", place)
    assert 0 <= found["bureau", "officers"] - 6000 / (365 * 8) / 0.5 < 1


def test_a_department_to_which_a_reform_brings_work_for_two_has_two() -> None:
    """The hall has one officer for what it does itself; what the reform brings takes two at once."""
    place = town(officers="{count: 4, hours: office, source: guess}")
    place = place.replace("en: Hall}}", f"en: Hall}}, staff: {{officers: [{busy(0.8)}]}}}}")
    steps = "  a: {limit: {statutory: ~5}, work: {hours: 1, staff: 2, source: guess}}\n"
    steps += "  b: {at: hall, after: {a: order}, limit: {statutory: ~5}, work: ~1h}"
    moved = "{reform: 下放, steps: [a], at: hall}"
    for reform, officers in ((NOTHING, 1), (moved, 2)):
        prepared = reformed(steps, reform, place=place, demand="per_year: 100")
        assert derived_staff(prepared).officers == {("hall", "officers"): officers}
    assert compare(prepared, runs=2).most_runs == 2
