"""Played cases as the tables of each published form, with the traps of the vendors where they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.learn.happenings import HAPPENINGS, What
from sim.learn.reading.traces import OF_TRACE
from sim.learn.writing.happened import Happened, stamps
from sim.text.spreadsheets import written

Tables = dict[str, pd.DataFrame]
COMPACT = "%Y%m%dT%H%M%S"
_TRAPPED = 0.1
"""Share of the rows that fall into each trap."""


def spgl(found: Happened, version: int = 2, traps: bool = False) -> Tables:
    """Return SPGL_* tables of version 2 or 3; with `traps` some rows twice, invalid, not uploaded or without a time."""
    tail = "_V3" if version == 3 else ""
    applications, events = found.applications, found.events
    items = pd.DataFrame({
        "XZQHDM": "410000", "GCDM": _project(applications), "SPSXBM": applications["step"],
        "SPSXSLBM": applications["application"], "SPBMBM": applications["department"],
        "SLFS": np.where(applications["online"], "2", "1"), "SXBLSX": _limit(applications),
    })  # fmt: skip
    if version == 3:
        items["SXGZCNZSPQK"] = np.where(applications["promised"], "1", "0")
    details = pd.DataFrame({
        "GCDM": _project(events), "SPSXSLBM": events["application"], "BLCS": "审批科", "BLR": "张三",
        "BLZT": events["what"].astype(str), "BLSJ": stamps(events["moment"], found.start),
    })  # fmt: skip
    begun = events[events["what"] == int(What.SPECIAL)]
    specials = pd.DataFrame({
        "SPSXSLBM": begun["application"], "TBCX": "2", "TBCXMC": "专家评审",
        "TBCXKSSJ": stamps(begun["moment"], found.start), "TBCXSXLX": "1", "TBCXSX": "0",
    })  # fmt: skip
    limits = applications.drop_duplicates("step")
    listed = pd.DataFrame({"SPSXBM": limits["step"], "SPSXMC": limits["step"], "SPSXBLSX": _limit(limits),
                           "SPBMBM": limits["department"]})  # fmt: skip
    tables = {"SPGL_XMSPSXBLXXB": items, "SPGL_XMSPSXBLXXXXB": details, "SPGL_XMSPSXBLTBCXXXB": specials,
              "SPGL_DFXMSPLCJDSXXXB": listed}  # fmt: skip
    for name in ("SPGL_XMSPSXBLXXB", "SPGL_XMSPSXBLXXXXB", "SPGL_XMSPSXBLTBCXXXB"):
        tables[name] = tables[name].assign(SJYXBS="1", SJSCZT="3")
    if traps:
        tables["SPGL_XMSPSXBLXXXXB"] = _trapped(tables["SPGL_XMSPSXBLXXXXB"])
    return {name + tail: table for name, table in tables.items()}


def _trapped(details: pd.DataFrame) -> pd.DataFrame:
    """The rows with the traps seen in vendors' code."""
    nth = np.arange(len(details))
    often = round(1 / _TRAPPED)
    again = details[nth % often == 1]
    invalid = details[nth % often == 2].assign(SJYXBS="0", BLZT="15")
    failed = details[nth % often == 3].assign(SJSCZT="4")
    # A vendor leaves out the time of day for whole applications, not here and there.
    numbers = pd.util.hash_array(details["SPSXSLBM"].to_numpy(dtype=object))
    without = pd.Series(numbers % np.uint64(often) == 0, index=details.index)
    dated = details.assign(BLSJ=details["BLSJ"].where(~without, details["BLSJ"].str[:10]))
    return pd.concat([dated, again.assign(BLSJ=dated.loc[again.index, "BLSJ"]), invalid, failed], ignore_index=True)


def gbt(found: Happened) -> Tables:
    """Return the tables of GB/T 39046—2020: 办事申请, 受理, 办理, 办结."""
    applications, events = found.applications, found.events
    when = _moments_by_what(events)
    base = pd.DataFrame({"办件编号": applications["application"], "投资项目编号": _project(applications),
                         "事项名称": applications["step"]})  # fmt: skip
    channel = np.where(applications["online"], "2", "1")
    files = base.assign(申请时间=_stamped(applications, when[What.SUBMITTED], found), 申报来源代码=channel)
    accepted = pd.DataFrame({
        "办件编号": applications["application"], "受理单位名称": applications["department"], "受理人员": "李四",
        "受理时间": _stamped(applications, when[What.ACCEPTED], found), "承诺办结时限": _limit(applications),
        "告知承诺": np.where(applications["promised"], "是", "否"),
    })  # fmt: skip
    decided = events[events["what"].isin([int(What.GRANTED), int(What.GRANTED_DEFERRED), int(What.REFUSED)])]
    results = pd.DataFrame({
        "办件编号": decided["application"], "办结时间": stamps(decided["moment"], found.start, COMPACT),
        "办结结果": decided["what"].map({int(h.what): h.name.zh for h in HAPPENINGS.values()}),
    })  # fmt: skip
    return {"办事申请": files, "事项受理": accepted, "事项办理": _handlings(found), "事项办结": results}


def _handlings(found: Happened) -> pd.DataFrame:
    """Officers' work, corrections and special procedures, as table 7 has them."""
    work, events = found.work, found.events
    rows = [pd.DataFrame({
        "办件编号": work["application"], "环节名称": np.where(work["role"] == "window", "收件审查", "审查"),
        "环节处理人": work["officer"], "处理单位名称": work["department"], "业务动作": "通过",
        "环节开始时间": stamps(work["start"], found.start, COMPACT),
        "环节结束时间": stamps(work["end"], found.start, COMPACT),
    })]  # fmt: skip
    for begins, ends, name in (
        (What.CORRECTION, What.CORRECTED, "补正"),
        (What.SPECIAL, What.SPECIAL_OVER, "特别程序"),
    ):
        part = events[events["what"].isin([int(begins), int(ends)])]
        later = part.groupby("application")["moment"].shift(-1)
        part = part.assign(end=later)[part["what"] == int(begins)]
        start = stamps(part["moment"], found.start, COMPACT)
        end = stamps(part["end"], found.start, COMPACT).fillna("")
        rows.append(pd.DataFrame({
            "办件编号": part["application"], "环节名称": name, "业务动作": "其他",
            "环节开始时间": start, "环节结束时间": end,
            "特别程序种类": "2" if begins == What.SPECIAL else "",
            "特别程序开始时间": start if begins == What.SPECIAL else "",
            "特别程序结束时间": end if begins == What.SPECIAL else "",
        }))  # fmt: skip
    return pd.concat([row for row in rows if len(row)], ignore_index=True).fillna("")


def events(found: Happened, starts: bool = True) -> Tables:
    """Return a plain table of events: every step of every case, without starts where only ends are wanted.

    What a case is like stands beside each of its events, as tools that write XES as a table have it.
    """
    steps = found.steps.sort_values(["end", "case"], kind="stable")
    table = pd.DataFrame({"case": _project(steps), "step": steps["step"], "department": steps["department"]})
    for name, values in found.attributes.items():
        table[OF_TRACE + name] = _told(values)[steps["case"].to_numpy()]
    if starts:
        table["start"] = stamps(steps["start"], found.start)
    table["end" if starts else "moment"] = stamps(steps["end"], found.start)
    return {"events": table.reset_index(drop=True)}


def xes(found: Happened) -> str:
    """Return the steps of every case as an event log in XES (IEEE 1849)."""
    root = ET.Element("log", {"xes.version": "1849.2016", "xmlns": "http://www.xes-standard.org/"})
    table = events(found)["events"]
    for case, part in table.groupby("case", sort=True):
        trace = ET.SubElement(root, "trace")
        ET.SubElement(trace, "string", key="concept:name", value=str(case))
        for name, values in found.attributes.items():
            kind = _XES.get(values.dtype.kind, "string")
            ET.SubElement(trace, kind, key=name, value=str(part[OF_TRACE + name].iloc[0]))
        for row in part.itertuples():
            for phase, moment in (("start", row.start), ("complete", row.end)):
                event = ET.SubElement(trace, "event")
                ET.SubElement(event, "string", key="concept:name", value=str(row.step))
                ET.SubElement(event, "string", key="lifecycle:transition", value=phase)
                ET.SubElement(event, "string", key="org:group", value=str(row.department))
                ET.SubElement(event, "date", key="time:timestamp", value=str(moment).replace(" ", "T"))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


_XES = {"b": "boolean", "f": "float"}
"""Kind of the values of an attribute → the element that holds one; a text otherwise."""
_SPGL = ("SPGL_XMSPSXBLXXB", "SPGL_XMSPSXBLXXXXB", "SPGL_XMSPSXBLTBCXXXB", "SPGL_DFXMSPLCJDSXXXB")
FILES: Mapping[str, tuple[str, ...]] = {
    "spgl2": tuple(f"{name}.csv" for name in _SPGL),
    "spgl3": tuple(f"{name}_V3.csv" for name in _SPGL),
    "gbt39046": ("办事申请.csv", "事项受理.csv", "事项办理.csv", "事项办结.csv"),
    "events": ("events.csv",),
    "xes": ("log.xes",),
}
"""Form of records → the names of its files."""


def files_of(found: Happened, form: str, traps: bool = False) -> dict[str, str]:
    """Return the files of a form by name: a table each as CSV, or one event log."""
    if form == "xes":
        return {"log.xes": xes(found)}
    if form.startswith("spgl"):
        tables = spgl(found, int(form[-1]), traps)
    else:
        tables = gbt(found) if form == "gbt39046" else events(found)
    return {f"{name}.csv": written(table) for name, table in tables.items()}


def _told(values: NDArray[np.generic]) -> NDArray[np.str_]:
    """The values of an attribute as text, yes and no in small letters."""
    return np.where(values, "true", "false") if values.dtype == bool else values.astype(str)


def _project(rows: pd.DataFrame) -> pd.Series:
    return "P" + rows["case"].astype(int).astype(str).str.zfill(6)


def _limit(rows: pd.DataFrame) -> pd.Series:
    return rows["limit"].map(lambda days: "" if np.isnan(days) else f"{days:g}")


def _moments_by_what(events: pd.DataFrame) -> dict[What, pd.Series]:
    first = events.drop_duplicates(["application", "what"])
    return {what: first[first["what"] == int(what)].set_index("application")["moment"] for what in What}


def _stamped(applications: pd.DataFrame, moments: pd.Series, found: Happened) -> pd.Series:
    return stamps(applications["application"].map(moments), found.start, COMPACT).fillna("")
