"""A total that a guide published, given back by the steps of the same guide."""

from __future__ import annotations

from sim.analysis.compare import compare

from .services import reformed

DEREGISTRATION = """
  tax: {limit: {committed: ~10}}
  register: {after: {tax: act}, limit: {committed: ~1}}
  customs: {after: {register: act}, limit: {committed: ~1}}
  insurance: {after: {register: act, customs: order}, limit: {committed: ~1}}
  bank: {after: {register: act, insurance: order}, limit: {committed: ~1}}
  seal: {after: {register: act, bank: order}, limit: {committed: ~1}}
"""
"""企业注销一件事 as a county publishes it: 10 + 1, then four matters of a day, one after another or side by side."""
SIDE_BY_SIDE = "{reform: 并联审批, steps: [customs, insurance, bank, seal]}"


def total(target: str, days: str, measure: str = "counted_days", variant: str = "after") -> str:
    """A target that a published total be given back."""
    said = f"name: {{zh: 合计, en: Total}}, measure: {measure}, {days}, unit: 工作日"
    return f"  - {{id: {target}, {said}, variant: {variant}, source: guess}}\n"


def test_a_guide_gives_its_totals_back() -> None:
    """10 + 1 + 1 = 12 days side by side and 15 one after another; 13 are missed, but for a day of tolerance."""
    targets = "targets:\n" + "".join([
        total("T1", "equals: 12"),
        total("T2", "equals: 12", "promised_days"),
        total("T3", "equals: 15", variant="before"),
        total("T4", "equals: 13"),
        total("T5", "equals: 13, tolerance: 1"),
        total("T6", "equals: 11, tolerance: 0.5"),
    ])  # fmt: skip
    asked = reformed(DEREGISTRATION, SIDE_BY_SIDE, cases=4, demand="every_minutes: 613", targets=targets)
    found = compare(asked, runs=2).targets
    assert [(result.target.id, result.estimate.mean, result.verdict) for result in found] == [
        ("T1", 12, "met"), ("T2", 12, "met"), ("T3", 15, "met"),
        ("T4", 12, "missed"), ("T5", 12, "met"), ("T6", 12, "missed"),
    ]  # fmt: skip
