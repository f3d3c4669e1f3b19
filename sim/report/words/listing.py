"""Words of the lists: what there is, and the verdicts of many scenarios."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "list_processes": ("流程", "processes"),
    "list_scenarios": ("情景", "scenarios"),
    "list_places": ("地点", "places"),
    "list_departments": ("部门", "departments"),
    "list_materials": ("材料", "materials"),
    "list_sources": ("各文件都可引用的来源", "sources that every file may cite"),
    "list_reforms": ("改革", "reforms"),
    "list_measures": ("指标", "measures"),
    "list_counts": (
        "{variants} 个方案，{targets} 个目标",
        "{variants} {variants:variant|variants}, {targets} {targets:target|targets}",
    ),
    "list_place": ("{n} 个部门", "{n} {n:department|departments}"),
    "list_by": ("由 {department} 代办", "by {department}"),
    "list_measure": ("{name}，{unit}（单位：{units}）", "{name}, {unit} (unit: {units})"),
    "issuer applicant": ("申请人", "applicant"),
    "issuer agency": ("中介机构", "agency"),
    "issuer certificate": ("证照批文", "certificate"),
    "check_wanted": ("{n} 个结论中 {wanted} 个符合预期", "{wanted} of {n} verdicts as wanted"),
    "check_fragile": (
        "{n} 个结论中 {fragile} 个随假设而变",
        "{fragile} of {n} verdicts are fragile over the assumptions",
    ),
    "check_without": (
        "{n} 个没有登记现状的世界：`run.py worlds` 可抽取",
        "{n} have no worlds on record as they are now: `run.py worlds` draws them",
    ),
    "check_mark": ("随假设而变：{n} 个世界中 {share} 达标", "fragile: met in {share} of {n} worlds"),
    "check_missed": (
        "请去掉 known_miss，或写明为何仍应未达标",
        "take known_miss out, or say why it should still be missed",
    ),
    "check_undecided": (
        "请去掉 known_undecided，或写明为何仍应太接近而不能判断",
        "take known_undecided out, or say why it should still be too near to tell",
    ),
    "worlds_line": ("{low} 至 {high}，{n} 个世界中 {share} 达标", "{low} to {high}, met in {share} of {n}"),
    "worlds_fragile": ("，随假设而变", " fragile"),
    "told_by order": ("惯例", "habit"),
    "told_by nature": ("性质使然", "nature"),
    "told_by material": ("需要其产出", "material"),
    "told_by moments": ("时刻", "moments"),
    "told_by 前置审批事项": ("前置审批事项", "list of items"),
}
