"""Small specs, one mechanism or a few each, that an engine and a plain interpreter must play alike."""

from __future__ import annotations

from typing import Any, NamedTuple

from sim.records.tables import Flag
from sim.scenario.prepared import Prepared

from .services import PLACE, practised, reformed, staffed

ONE = "{reform: 一次性告知}"
RULE = practised(deficient=0.3, certificate=0.2, check=20, pace="{uniform: [0.3, 1.1]}")
RULE = RULE.replace("work_share: {share: 0", "work_share: {share: 0.1")
RULE = RULE.replace("overdue: {share: 0", "overdue: {share: 0.2")
RULE = RULE.replace("overrun: {factor: 1", "overrun: {factor: 1.7")
RULE = RULE.replace("applicant: {days: 0", "applicant: {days: {uniform: [0.7, 2.5]}", 1)
RULE = RULE.replace("correction: {days: 0", "correction: {days: {uniform: [0.3, 2]}")
"""Papers take time and are deficient, offices take 0.3 to 1.1 of their limit and overrun a fifth, and work a tenth."""
NIGHTS = RULE.replace("applicant: {days: {uniform: [0.7, 2.5]}", "applicant: {calendar_days: {uniform: [1, 4]}")
NIGHTS = NIGHTS.replace("correction: {days: {uniform: [0.3, 2]}", "correction: {calendar_days: {uniform: [1, 3]}")
"""The same with applicants who prepare and correct day and night."""
LUNCH = PLACE.replace('"09:00-17:00"], source: guess}\n  hall', '"08:30-12:00", "14:00-17:30"], source: guess}\n  hall')
SUNDAYS = PLACE.replace("hall: {periods", "hall: {days: [mon, wed, fri], also: [sun], periods")
BOTH = SUNDAYS.replace("en: Bureau}}", "en: Bureau}, staff: {officers: [{count: 1, hours: office, source: guess},"
                       " {count: 1, hours: hall, source: guess}]}}")  # fmt: skip
SEASONS = PLACE.replace(
    'office: {periods: ["09:00-17:00"]',
    """office: {seasons: [
    {from: 05-01, periods: ["08:30-11:30", "14:00-17:30"]}, {from: 10-01, periods: ["08:30-11:30", "13:30-17:00"]}]""",
)
"""Other hours from May on than from October on, as many a day."""
FRIDAYS = PLACE.replace(
    'office: {periods: ["09:00-17:00"]',
    """office: {seasons: [
    {from: 04-29, periods: ["08:00-12:00", "15:00-18:00"], weekdays: {fri: ["08:00-12:00"]}},
    {from: 10-01, periods: ["09:00-12:00", "13:30-17:00"], weekdays: {wed: ["09:00-11:10"], fri: ["10:00-16:00"]}}]""",
)
"""Days of many lengths."""
DATES = "closed: [2024-04-30, 2024-05-07, 2024-05-08], open: {2024-05-04: ['10:00-12:00'], 2024-05-09: ['13:00-14:00']}"
CLOSED = PLACE.replace("en: Bureau}}", f"en: Bureau}}, {DATES}, source: guess}}")
"""A bureau that stays closed on three working days around Labour Day."""
SHIFTS = """
id: town
name: {zh: 小城, en: Town}
hours:
  office: {periods: ["09:00-12:00", "13:00-17:00"], weekdays: {fri: ["09:00-12:00"]}, source: guess}
  early: {periods: ["08:00-12:30"], source: guess}
  late: {periods: ["12:30-15:00", "16:00-20:00"], also: [sat], source: guess}
  night: {periods: ["00:00-24:00"], days: [tue], source: guess}
departments:
  bureau:
    name: {zh: 局, en: Bureau}
    staff:
      officers: [{count: 2, hours: early, source: guess}, {count: 1, hours: late, source: guess}]
      inspectors: [{count: 2, hours: early, source: guess}, {count: 1, hours: late, source: guess},
                   {count: 2, hours: night, source: guess}]
    hands_on: [officers, inspectors]
    closed: [2024-03-07]
    open: {2024-03-10: ["10:00-13:00"]}
    source: guess
  hall: {name: {zh: 大厅, en: Hall}}
"""
"""Shifts that hand on what they have under way; one of inspectors is too small for two of them."""
ACTING = SUNDAYS.replace("bureau: {name: {zh: 局, en: Bureau}}", "bureau: {by: hall}")
ACTING = ACTING.replace("en: Hall}}", "en: Hall}, staff: {officers: [{count: 1, hours: hall, source: guess}]}}")
PLENTY = staffed("officers", count=99)
SILENT = {"place": staffed("window"), "demand": "every_minutes: 131",
          "practice": RULE.replace("check: {minutes: 20", "check: {minutes: 200")}  # fmt: skip
"""One clerk who takes 200 minutes over a file, so that files wait for many days."""
MIX = """{large: {share: 0.4, source: guess}, kind: {values: {new: 0.5, change: 0.3, end: 0.2}, source: guess},
 area: {number: {uniform: [10, 90]}, source: guess}}"""
ABC = """
  a: {limit: {statutory: ~5}}
  b: {after: {a: order}, limit: {statutory: ~8}}
  c: {after: {b: order}, limit: {statutory: ~3}}
"""
SEEN = """
  a: {needs: [form, plan], limit: {statutory: ~5}}
  b: {after: {a: order}, needs: [plan, letter], limit: {statutory: ~8}}
  c: {after: {b: order}, needs: [form, map], limit: {statutory: ~3}}
  d: {after: {c: order}, limit: {statutory: ~2}}
"""
BACK = """
  a: {limit: {statutory: ~3}}
  b: {after: {a: order}, limit: {statutory: ~4}, fails: {rate: 0.4, redo: a, correction: ~2c, source: guess}}
  c: {after: {a: order}, limit: {statutory: ~6}, fails: {rate: 0.4, redo: a, source: guess}}
  d: {after: {b: order}, limit: {statutory: ~2}, fails: {rate: 0.3, correction: ~1, source: guess}}
  e: {after: {c: order, d: order}, limit: {statutory: ~1}, fails: {rate: 0.3, redo: b, source: guess}}
"""
DEFER = "{reform: 容缺受理, steps: [a], materials: [plan, map], within: ~5, uptake: 0.7}"
PROMISE = "{reform: 告知承诺, steps: [a], decide: ~1, uptake: 0.7, check_within: ~12}"


class Spec(NamedTuple):
    """A service before and after some reforms."""

    steps: str
    reforms: tuple[str, ...]
    more: dict[str, Any]

    def prepared(self) -> Prepared:
        """The service, ready to run with forty cases."""
        standing = {"cases": 40, "demand": "every_minutes: 701", "practice": RULE}
        return reformed(self.steps, *self.reforms, **{**standing, **self.more})


def spec(steps: str, *reforms: str, **more: Any) -> Spec:
    """A service before and after some reforms."""
    return Spec(steps, reforms or (ONE,), more)


SPECS = {
    "a step waits for all before it, by habit or for a paper that another yields": spec(
        """
  a: {limit: {statutory: ~5}, yields: [permit]}
  b: {after: {a: order}, limit: {statutory: ~3h}}
  c: {after: {a: order}, limit: {statutory: ~40m}}
  d: {needs: [permit, form], after: {b: order}, limit: {committed: ~2}}
  e: {after: {c: nature, d: order}, limit: {statutory: ~1.5}}
""",
        "{reform: 并联审批, steps: [a, b, c, d]}",
    ),
    "an early start": spec(ABC, "{reform: 提前介入, step: c, before: [b]}"),
    "a step starts so long after the end of one, or the start of another": spec(
        """
  c: {after: {a: order}, lag: {a: ~3, w: {days: 2.5, since: start, source: guess}}, limit: {statutory: ~2}}
  a: {limit: {statutory: ~4}, fails: {rate: 0.4, source: guess}}
  z: {limit: {statutory: ~1}, when: {large: true}}
  w: {kind: construction, after: {z: nature}, duration: ~9c}
  b: {lag: {w: {calendar_days: {uniform: [1, 20]}, since: start, source: guess}}, limit: {statutory: ~1}}
  d: {kind: agency, after: {b: order, z: order}, lag: {z: ~30h}, duration: ~2,
      fails: {rate: 0.3, redo: z, source: guess}}
""",
        "{reform: 取消, steps: [a]}",
        attributes=MIX,
    ),
    "limits of days, hours and calendar days, decided while the office is open": spec(
        "  a: {limit: {statutory: ~4c}}\n  b: {after: {a: order}, limit: {statutory: ~9h}}\n"
        "  c: {after: {b: order}, limit: {statutory: ~0.7c}}",
        place=LUNCH,
    ),
    "stated work, circulation by day and night": spec(
        """
  a: {work: ~5h, circulation: ~3}
  b: {after: {a: order}, work: {hours: {triangular: [1, 2, 9]}, source: guess}, circulation: ~1.4c}
  c: {after: {b: order}, work: ~30h, limit: {statutory: ~2}}
"""
    ),
    "work by day and night for which nobody queues": spec("  a: {work: ~1.3c}\n  b: {after: {a: order}, work: ~1}"),
    "papers go back piecemeal, or all at once": spec("  a: {needs: [form, plan, licence], limit: {statutory: ~5}}"),
    "applicants prepare and correct day and night": spec(
        "  a: {needs: [form, plan, licence], limit: {statutory: ~5}}\n  b: {after: {a: order}, limit: {statutory: ~2}}",
        practice=NIGHTS,
    ),
    "an application that is not put right in time lapses": spec(
        "  a: {needs: [form, plan, licence], limit: {statutory: ~5}, correct_within: ~9c, refused: {share: 0.3,"
        " source: guess}}\n  b: {limit: {statutory: ~12}}\n  c: {after: {b: order}, limit: {statutory: ~1}}",
        practice=RULE.replace("{share: 0.3, source: guess}", "{share: 0.6, source: guess}"),
    ),
    "a common application that is not put right in time lapses": spec(
        SEEN.replace("  a: {", "  a: {correct_within: ~3, ").replace("  b: {", "  b: {correct_within: ~33h, "),
        "{reform: 一窗受理, steps: [a, b, c], form: joint}",
        practice=NIGHTS.replace("{share: 0.3, source: guess}", "{share: 0.6, source: guess}"),
        place=staffed("window"),
        demand="every_minutes: 97",
    ),
    "helpers find faults": spec(
        "  a: {needs: [form, plan, map], limit: {statutory: ~5}}", "{reform: 帮办代办, factor: 0.4}"
    ),
    "papers are fetched, and asked for where that fails": spec(
        "  a: {needs: [form, licence, permit], limit: {statutory: ~5}}",
        "{reform: 数据共享, materials: [licence, permit], fallback: 0.4}",
    ),
    "steps and papers that some cases need": spec(
        """
  a: {needs: [form, {material: plan, when: {large: true}}], limit: {statutory: ~5}}
  b: {after: {a: order}, when: {kind: change}, limit: {statutory: ~8}}
  c: {after: {b: order}, when: {area: {at_least: 30, below: 70}}, needs: [{material: map, when: {kind: new}}],
      limit: {statutory: ~3}, special: [{procedure: 听证, days: 3, when: {large: false}, source: guess}]}
""",
        "{reform: 取消, steps: [c], unless: {large: true}}",
        attributes=MIX,
    ),
    "another share of cases goes another way": spec(
        "  a: {limit: {statutory: ~5}}\n  b: {after: {a: order}, when: {large: true}, limit: {statutory: ~8}}",
        "{reform: 分级分类, attribute: large, share: 0.1}",
        attributes=MIX,
    ),
    "one window, one form": spec(SEEN, "{reform: 一窗受理, steps: [a, b, c], form: joint}"),
    "one form for steps side by side that some cases need": spec(
        """
  z: {limit: {statutory: ~1}}
  a: {after: {z: order}, when: {large: true}, needs: [form, plan], limit: {statutory: ~5}}
  b: {after: {a: order}, needs: [plan, letter], limit: {statutory: ~8}}
  c: {when: {kind: new}, after: {b: order}, needs: [form, map], limit: {statutory: ~3}}
""",
        "{reform: 并联审批, steps: [a, b, c], form: joint}",
        attributes=MIX,
    ),
    "one form, done again after a failure": spec(
        """
  z: {limit: {statutory: ~1}}
  a: {form: joint, after: {z: order}, needs: [form], limit: {statutory: ~5}, fails: {rate: 0.3, source: guess}}
  b: {form: joint, needs: [plan], limit: {statutory: ~2}}
  c: {after: {a: order, b: order}, limit: {statutory: ~3}, fails: {rate: 0.4, redo: z, source: guess}}
"""
    ),
    "papers come later, or too late": spec("  a: {needs: [form, plan, map], limit: {statutory: ~3}}", DEFER),
    "papers that come by day and night, within calendar days": spec(
        "  a: {needs: [form, plan, map], limit: {statutory: ~3}}\n  b: {after: {a: order}, limit: {statutory: ~1}}",
        DEFER.replace("~5", "~6c"),
        practice=NIGHTS,
    ),
    "papers that may come later, within hours": spec(
        "  a: {needs: [form, plan, map], limit: {statutory: ~3}, fails: {rate: 0.3, source: guess}}",
        DEFER.replace("~5", "~30h"),
    ),
    "papers on a common form that may come later": spec(
        SEEN,
        "{reform: 容缺受理, steps: [a, b], materials: [plan], within: ~4, uptake: 0.8, when: {large: true}}",
        "{reform: 一窗受理, steps: [a, b, c], form: joint}",
        attributes=MIX,
    ),
    "decided on a promise": spec(ABC, PROMISE),
    "decided on a promise at once, whenever it comes": spec(
        "  z: {kind: construction, duration: ~3.3c}\n  a: {after: {z: nature}, limit: {statutory: ~5}}",
        PROMISE.replace("~1,", "~0,"),
    ),
    "decided on a promise within a calendar day": spec(ABC, PROMISE.replace("~1,", "~1.2c,")),
    "what a promise turns out to be, while other steps go on": spec(
        ABC, PROMISE[:-1] + ", false: 0.3, breach: 0.4, rectify: ~2c, rectified: 0.5}"
    ),
    "a promise checked within calendar days, with papers": spec(
        SEEN, PROMISE.replace("~12}", "~20c, breach: 0.6, rectified: 0.3, when: {large: true}}"), attributes=MIX
    ),
    "a promise with papers to come": spec(SEEN, PROMISE, DEFER),
    "a promise, done again": spec(
        "  a: {limit: {statutory: ~5}}\n  b: {after: {a: order}, limit: {statutory: ~2},"
        " fails: {rate: 0.5, redo: a, source: guess}}",
        PROMISE[:-1] + ", breach: 0.3, rectify: ~1}",
    ),
    "a system decides day and night": spec(
        SEEN, "{reform: 秒批, steps: [a, c], share: 0.6, minutes: 90}", practice=NIGHTS
    ),
    "a system decides with papers to come": spec(
        SEEN, "{reform: 秒批, steps: [a], share: 0.6, minutes: {uniform: [5, 500]}}", DEFER
    ),
    "special procedures stop the clock": spec(
        "  a: {needs: [form], limit: {statutory: ~4}, special: [{procedure: 听证, days: 3, source: guess},"
        " {procedure: 检测, calendar_days: {uniform: [1, 5]}, source: guess}]}\n  b: {limit: {statutory: ~6}}"
    ),
    "other departments are asked while a review runs": spec(
        """
  a: {limit: {statutory: ~8}, fails: {rate: 0.3, source: guess},
      opinions: [{at: hall, limit: {statutory: ~6}}, {at: bureau, when: {large: true},
       limit: {statutory: ~9c, extended: {calendar_days: 3, share: 0.3, source: guess}}}]}
  b: {after: {a: order}, limit: {statutory: ~2},
      opinions: [{at: hall, work: {hours: 9, source: guess}}]}
""",
        PROMISE,
        attributes=MIX,
    ),
    "opinions occupy officers, and silence agrees": spec(
        """
  a: {limit: {statutory: ~3},
      opinions: [{at: hall, limit: {statutory: ~4}, work: {hours: 7, by: window, source: guess}, tacit: {source: act}},
       {at: bureau, work: {hours: {uniform: [1, 9]}, by: inspectors, source: guess}, limit: {committed: ~20h},
        tacit: {source: act}}]}
""",
        place=staffed("officers", "inspectors"),
        demand="every_minutes: 211",
    ),
    "papers still come while others are asked": spec(
        SEEN.replace("~5}", "~5},\n      opinions: [{at: hall, limit: {statutory: ~4}}]", 1),
        DEFER,
    ),
    "silence is consent": spec(
        "  a: {limit: {statutory: ~5, extended: {days: 2, share: 0.3, source: guess}}, fails: {rate: 0.4,"
        " source: guess}, refused: {share: 0.1, source: guess}}\n  b: {after: {a: order}, limit: {statutory: ~6h},"
        " sits: {weekdays: [tue], at: '10:00', source: guess}}\n  c: {after: {b: order}, limit: {statutory: ~7c}}",
        "{reform: 超时默认, steps: [a, b, c]}",
        practice=RULE.replace("overdue: {share: 0.2", "overdue: {share: 0.5"),
        place=staffed("officers", count=3),
        demand="every_minutes: 203",
    ),
    "a panel sits on some days": spec(
        "  a: {limit: {statutory: ~4}, sits: {weekdays: [tue, thu], at: '10:30', source: guess}}\n"
        "  b: {kind: special, procedure: 专家评审, after: {a: order}, duration: ~2,"
        " sits: {weekdays: [fri], at: '14:00', source: guess}}\n  c: {after: {b: order}, limit: {statutory: ~1}}"
    ),
    "panels of the month, with places and notice": spec(
        "  a: {limit: {statutory: ~4}, sits: {weekdays: [tue], of_month: [1, 3], at: '09:00', at_most: 5,"
        " notice: {days: 3}, source: guess}}\n"
        "  b: {after: {a: order}, kind: special, procedure: 专家评审, duration: ~1, sits: {dates: [5, 20, 31],"
        " at: '14:00', at_most: 7, notice: {calendar_days: 2}, source: guess}}\n"
        "  c: {after: {b: nature}, limit: {statutory: ~1}, sits: {weekdays: [mon, fri], of_month: [-1, 2], at: '10:00',"
        " source: guess}}"
    ),
    "two steps before one panel": spec(
        """
  a: {limit: {statutory: ~1}, sits: {dates: [1, 11, 21], at: '09:00', at_most: 9, source: guess}}
  b: {limit: {statutory: ~2}, sits: {dates: [1, 11, 21], at: '09:00', at_most: 9, source: guess}}
  c: {at: hall, limit: {statutory: ~2}, sits: {dates: [1, 11, 21], at: '09:00', at_most: 9, source: guess}}
""",
        place=CLOSED,
        start="2024-04-15",
    ),
    "hours by season": spec(SEEN, DEFER, PROMISE, place=SEASONS, start="2024-04-15", practice=NIGHTS),
    "days of many lengths": spec(
        SEEN.replace("~8}", "~8}, special: [{procedure: 听证, days: 2, source: guess}]").replace("~3}", "~9h}"),
        DEFER,
        PROMISE.replace("~1,", "~1.5,"),
        place=FRIDAYS,
        start="2024-04-15",
    ),
    "days of many lengths and a window that takes long": spec(
        SEEN,
        "{reform: 一窗受理, steps: [a, b, c], form: joint}",
        place=FRIDAYS,
        start="2024-09-18",
        practice=RULE.replace("check: {minutes: 20", "check: {minutes: {uniform: [500, 4000]}"),
    ),
    "a department that is closed on some dates and on duty on others": spec(
        SEEN.replace("~8}", "~8}, sits: {weekdays: [tue, wed, thu], at: '09:00', source: guess}"),
        PROMISE,
        place=CLOSED.replace("closed:", "staff: {officers: [{count: 2, hours: office, source: guess}]}, closed:"),
        start="2024-04-22",
        demand="every_minutes: 211",
    ),
    "a department without officers that is closed on some dates": spec(
        SEEN, DEFER, PROMISE, place=CLOSED, start="2024-04-22", demand="every_minutes: 211"
    ),
    "shifts hand on what they have under way": spec(
        "  a: {work: {hours: {uniform: [1, 9]}, source: guess}}\n"
        "  b: {after: {a: order}, work: {hours: {uniform: [1, 4]}, staff: 2, by: inspectors, source: guess}}\n"
        "  c: {after: {b: order}, work: {hours: {uniform: [1, 9]}, by: inspectors, source: guess}, circulation: ~1}",
        "{reform: 绿色通道, when: {large: true}}",
        attributes=MIX,
        place=SHIFTS,
        demand="every_minutes: 207",
    ),
    "cases come as they are listed": spec(
        SEEN,
        DEFER,
        cases=0,
        demand="arrivals: [2024-03-04 09:00, 2024-03-09 23:50, 2024-03-04 10:15, 2024-03-04 10:15, 2024-03-29 17:00]",
        place=staffed("officers", "window"),
    ),
    "notices of days and of calendar days, over holidays": spec(
        "  n: {kind: notice, duration: ~7c}\n  a: {after: {n: nature}, limit: {statutory: ~2}}\n"
        "  m: {kind: notice, after: {a: order}, duration: ~5}\n  b: {after: {m: nature}, limit: {statutory: ~1}}",
        start="2024-04-15",
        demand="every_minutes: 1237",
    ),
    "works, agencies and applicants, beside offices and not counted": spec(
        """
  w: {kind: construction, duration: {calendar_days: {lognormal: [9, 30]}, source: guess}}
  g: {kind: agency, duration: {days: {observed: [6, 4, [7.5, 3], 4, 19]}, source: guess},
      fails: {rate: 0.4, correction: ~1, source: guess}}
  t: {kind: applicant, after: {g: nature}, duration: ~20h}
  a: {limit: {statutory: ~7}, counted: false, basis: act}
  b: {after: {w: nature, t: nature, a: order}, limit: {statutory: ~3}, fails: {rate: 0.3, redo: g, source: guess}}
"""
    ),
    "failures side by side that send back to the same step": spec(BACK),
    "nothing comes of what rests on a result that is gone": spec(
        """
  a: {limit: {statutory: ~4}}
  m: {after: {a: order}, limit: {statutory: ~3}}
  x: {after: {m: order}, limit: {statutory: ~1}, fails: {rate: 0.6, redo: a, source: guess}}
  y: {after: {m: order}, limit: {statutory: ~9}, fails: {rate: 0.5, redo: a, source: guess}}
"""
    ),
    "nothing starts on what is being done again": spec(
        """
  a: {limit: {statutory: ~2}}
  p: {after: {a: order}, limit: {statutory: ~1}}
  q: {after: {a: order}, limit: {statutory: ~9}}
  x: {after: {p: order}, limit: {statutory: ~4}, fails: {rate: 0.5, redo: a, correction: ~1, source: guess}}
  l: {after: {p: order, q: order}, limit: {statutory: ~1}}
"""
    ),
    "what comes back is looked at again": spec(
        "  a: {needs: [form], limit: {statutory: ~5}, fails: {rate: 0.5, correction: ~1c, source: guess}}"
    ),
    "a refusal ends the case when what runs is over": spec(
        BACK.replace(
            "a: {limit: {statutory: ~3}", "a: {limit: {statutory: ~3}, refused: {share: 0.1, source: guess}"
        ).replace(
            "c: {after: {a: order}, limit: {statutory: ~6}",
            "c: {after: {a: order}, limit: {statutory: ~6}, refused: {share: 0.3, source: guess}",
        )
    ),
    "work done before the case": spec(
        ABC.replace("limit: {statutory: ~8}", "limit: {statutory: ~8}, work: ~6h"),
        "{reform: 区域评估, steps: [b], by: 管委会}",
        place=PLENTY,
    ),
    "a shorter limit": spec(ABC, "{reform: 限时办结, compression: 0.25}", place=PLENTY),
    "a limit that is extended for some, up to an overrun of it": spec(
        "  a: {limit: {statutory: ~6, extended: {days: 3, share: 0.4, source: guess}}}\n  b: {after: {a: order},"
        " limit: {statutory: ~9c, committed: ~8c, extended: {calendar_days: 4, share: {share: 0.5, source: act},"
        " source: guess}}, work: ~3h}",
        "{reform: 限时办结, steps: [a], committed: ~4}",
        place=PLENTY,
    ),
    "a shorter limit the second time": spec(
        "  a: {limit: {statutory: ~9}, fails: {rate: 0.5, again: {statutory: ~4}, source: guess}}\n"
        "  b: {after: {a: order}, limit: {statutory: ~6}, fails: {rate: 0.4, redo: a, again: {committed: ~2,"
        " extended: {days: 1, share: 0.5, source: guess}}, correction: ~1, source: guess}}",
        "{reform: 限时办结, compression: 0.34}",
        place=PLENTY,
    ),
    "a rework that happens at most so often": spec(
        "  a: {limit: {statutory: ~3}}\n  b: {after: {a: order}, limit: {statutory: ~2}, fails: {rate: 0.6, redo: a,"
        " correction: ~1, at_most: 1, then: granted, source: guess}}\n  c: {after: {b: order}, limit: {statutory: ~2},"
        " fails: {rate: 0.6, redo: b, at_most: 2, then: refused, source: guess}, refused: {share: 0.1, source: guess}}",
        "{reform: 限时办结, compression: 0.5}",
        place=PLENTY,
    ),
    "limits and work by class of case": spec(
        """
  a: {limit: {statutory: ~9}, classes: [{when: {kind: change}, limit: {committed: ~3}}, {when: {large: true},
      limit: {statutory: ~14c}, work: ~5h}, {when: {kind: end}, work: {hours: 2, by: inspectors, source: guess}}]}
  b: {after: {a: order}, limit: {statutory: ~6}, work: ~4h, classes: [{when: {area: {at_least: 50}},
      limit: {committed: ~2}}], fails: {rate: 0.4, again: {statutory: ~1}, source: guess}}
""",
        "{reform: 限时办结, steps: [a, b], committed: ~4}",
        "{reform: 合并办理, steps: [a, b], into: a, committed: ~5}",
        attributes=MIX,
        place=staffed("officers", "inspectors", count=3),
        demand="every_minutes: 207",
    ),
    "a step that is dropped": spec(ABC, "{reform: 取消, steps: [b]}"),
    "merged steps": spec(
        ABC.replace("limit: {statutory: ~8}", "when: {large: true}, limit: {statutory: ~8}, work: ~6h"),
        "{reform: 合并办理, steps: [a, b], into: b, committed: ~4}",
        place=PLENTY,
        attributes=MIX,
    ),
    "a filing": spec(ABC, "{reform: 备案制, steps: [b], committed: ~1}", place=PLENTY),
    "a joint review": spec(SEEN, "{reform: 联合验收, steps: [a, b], form: joint, output: c}", place=PLENTY),
    "delegated to another department": spec(ABC, "{reform: 下放, steps: [a], at: hall}", place=PLENTY),
    "files wait twice": spec(SEEN, place=staffed("officers", "window"), demand="every_minutes: 211"),
    "silence accepts": spec(SEEN, "{reform: 一窗受理, steps: [b, c], form: joint}", **SILENT),
    "a window that takes long over every file": spec(
        SEEN, practice=RULE.replace("check: {minutes: 20", "check: {minutes: {uniform: [1000, 4000]}")
    ),
    "silence, and papers to come": spec(SEEN, DEFER, **SILENT),
    "silence, and papers that come too late": spec(SEEN, DEFER.replace("~5", "~1"), **SILENT),
    "two inspectors at once, and cases served first": spec(
        "  a: {work: {hours: {uniform: [1, 4]}, staff: 2, by: inspectors, source: guess}, circulation: ~1}\n"
        "  b: {after: {a: order}, work: {hours: {uniform: [1, 6]}, source: guess}}",
        "{reform: 绿色通道, when: {large: true}}",
        attributes=MIX,
        place=staffed("officers", "inspectors", count=3),
        demand="every_minutes: 83",
    ),
    "inspectors of two departments go together": spec(
        """
  a: {limit: {statutory: ~5},
      work: {hours: {uniform: [1, 6]}, staff: 2, by: inspectors, source: guess,
             along: [{at: hall, by: window}, {at: bureau, by: officers}]}}
  b: {after: {a: order}, limit: {statutory: ~3}, work: {hours: {uniform: [1, 9]}, by: inspectors, source: guess}}
  c: {limit: {statutory: ~4},
      work: {hours: 3, by: window, source: guess, along: [{at: bureau, by: inspectors}]}}
""",
        "{reform: 绿色通道, when: {large: true}}",
        attributes=MIX,
        place=staffed("officers", "inspectors", count=2),
        demand="every_minutes: 207",
    ),
    "visits of three departments become one": spec(
        """
  a: {limit: {statutory: ~5}, work: {hours: {uniform: [1, 6]}, staff: 2, by: inspectors, source: guess}}
  b: {at: hall, after: {a: order}, limit: {statutory: ~3}, work: {hours: 4, by: window, source: guess}}
  c: {after: {b: order}, limit: {statutory: ~4}, work: {hours: {uniform: [1, 3]}, by: inspectors, source: guess}}
""",
        "{reform: 联合踏勘, steps: [a, b, c], into: visit, name: {zh: 联合踏勘, en: Joint visit}}",
        place=staffed("officers", "inspectors", count=2),
        demand="every_minutes: 307",
    ),
    "groups of officers keep different hours": spec(
        "  a: {work: {hours: {uniform: [1, 9]}, source: guess}}\n  b: {after: {a: order}, circulation: ~2.1c}\n"
        "  c: {after: {b: order}, work: {hours: {uniform: [1, 2]}, source: guess}, circulation: {calendar_days:"
        " {uniform: [0, 3]}, source: guess}, special: [{procedure: 检测, calendar_days: 1, when: {large: true},"
        " source: guess}]}",
        place=BOTH,
        demand="every_minutes: 207",
        attributes=MIX,
    ),
    "files wait behind the checks of promises": spec(
        ABC, PROMISE[:-1] + ", breach: 0.5, rectify: ~2}", place=staffed("officers"), demand="every_minutes: 311"
    ),
    "officers work again on what comes back": spec(BACK, place=staffed("officers"), demand="every_minutes: 811"),
    "officers have reviewed in vain what comes too late": spec(
        SEEN, DEFER, PROMISE, place=staffed("officers", count=2), demand="every_minutes: 211"
    ),
    "a share of the cases goes the reformed way": spec(
        ABC,
        "{reform: 限时办结, compression: 0.25}",
        place=PLENTY,
        targets="  partly: {name: {zh: 部分, en: Partly}, start: before, share: 0.4, reforms: [{reform: 合并办理,"
        " steps: [a, b], into: b, source: guess}]}",
    ),
    "a department acts for another": spec(SEEN, place=ACTING, demand="every_minutes: 707"),
    "a joint review with a new output": spec(
        SEEN,
        "{reform: 联合验收, steps: [a, b], form: joint, output: out, name: {zh: 出证, en: Output}, at: hall,"
        " limit: ~1}",
        place=PLENTY,
    ),
    "steps of two departments merged into a new one": spec(
        """
  a: {limit: {statutory: ~5}, work: {hours: 4, by: inspectors, staff: 2, source: guess},
      fails: {rate: 0.3, source: guess}}
  b: {at: hall, after: {a: order}, limit: {statutory: ~8}, work: {hours: 6, by: window, source: guess}}
  c: {after: {b: order}, limit: {statutory: ~3}}
""",
        "{reform: 合并办理, steps: [a, b], into: ab, name: {zh: 合并, en: Merged}}",
        place=staffed("officers", "inspectors", count=2),
        demand="every_minutes: 307",
    ),
    "a process states how often it overruns its limits": spec(ABC, overdue="{share: 0.6, source: guess}"),
    "everything at once": spec(
        """
  n: {kind: notice, duration: ~3}
  a: {after: {n: nature}, needs: [form, plan, licence], limit: {statutory: ~5}, refused: {share: 0.1, source: guess}}
  b: {after: {a: order}, needs: [plan, letter], limit: {statutory: ~8c},
      sits: {weekdays: [tue], at: '10:00', source: guess},
      fails: {rate: 0.3, redo: a, correction: ~2c, source: guess}}
  c: {after: {b: order}, when: {large: true}, needs: [form, map], limit: {statutory: ~3},
      special: [{procedure: 检测, calendar_days: 2, source: guess}]}
  w: {kind: construction, after: {c: nature}, duration: ~20c}
  d: {after: {w: nature}, limit: {statutory: ~2}, work: ~5h, fails: {rate: 0.2, redo: w, source: guess}}
""",
        "{reform: 一窗受理, steps: [a, b, c], form: joint}",
        DEFER,
        PROMISE[:-1] + ", false: 0.1, breach: 0.4, rectify: ~1}",
        "{reform: 秒批, steps: [d], share: 0.3, minutes: 10}",
        "{reform: 数据共享, materials: [licence], fallback: 0.2}",
        "{reform: 绿色通道, when: {large: true}}",
        attributes=MIX,
        place=staffed("officers", "window", count=2),
        practice=NIGHTS,
        demand="every_minutes: 307",
    ),
}
"""What is said of the specs → a small one that has it, before and after a reform."""
HAPPENS = {
    "decided on a promise": Flag.PROMISED,
    "what a promise turns out to be, while other steps go on": Flag.REVOKED,
    "a promise checked within calendar days, with papers": Flag.BREACHED,
    "papers come later, or too late": Flag.RETURNED,
    "papers that come by day and night, within calendar days": Flag.DEFERRED,
    "a system decides day and night": Flag.AUTOMATIC,
    "failures side by side that send back to the same step": Flag.FAILED,
    "a refusal ends the case when what runs is over": Flag.REFUSED,
    "silence accepts": Flag.DEEMED,
    "silence is consent": Flag.TACIT,
    "an application that is not put right in time lapses": Flag.LAPSED,
    "a limit that is extended for some, up to an overrun of it": Flag.EXTENDED,
}
"""Which of them shows what may happen to a case besides taking time."""
