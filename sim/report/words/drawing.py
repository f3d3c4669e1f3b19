"""Words of the diagrams that other programs draw."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "bpmn_fails": ("不合格，改正后再办", "fails; put right and done again"),
    "bpmn_otherwise": ("其余", "otherwise"),
    "bpmn_days": ("时限或用时 {n} 个工作日", "limit or time {n} working {n:day|days}"),
    "bpmn_needs": ("材料：{names}", "papers: {names}"),
    "bpmn_yields": ("结果：{names}", "gives out: {names}"),
    "bpmn_after": ("在“{step}”之后（{why}）", 'after "{step}" ({why})'),
    "bpmn_redo": ("不合格的，从“{step}”重新办理", 'where it fails, from "{step}" again'),
    "bpmn_why order": ("惯例", "habit"),
    "bpmn_why nature": ("事理使然", "it cannot be otherwise"),
    "bpmn_why material": ("需要其结果", "its result is needed"),
}
