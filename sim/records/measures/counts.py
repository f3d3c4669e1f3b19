"""What a case asks of the applicant: dealings, papers, forms, visits."""

from __future__ import annotations

from sim.core.arrays import Ints, np
from sim.records.frames import Records
from sim.records.measures.base import Measure, Values, asked, in_scope, ratio
from sim.records.tables import Flag, Program
from sim.records.units import FORMS, MATERIALS, ROUNDS, SHARE, TOUCHPOINTS, VISITS, YUAN
from sim.spec.base import Name
from sim.spec.categories import Category
from sim.spec.scope import Scope


def _touchpoints(records: Records, scope: Scope) -> Values:
    return asked(records, scope, records.by_attempt(lambda node: node.touchpoint))


touchpoints = Measure(
    id="touchpoints",
    name=Name(zh="环节", en="Touchpoints"),
    definition=Name(
        zh="申请人与外部机构打交道的次数；内部流转不算",
        en="dealings of the applicant with an outside body; internal steps are none",
    ),
    unit=TOUCHPOINTS,
    of=_touchpoints,
)


def _materials(records: Records, scope: Scope) -> Values:
    return asked(records, scope, records.of_attempts["papers"])


materials = Measure(
    id="materials",
    name=Name(zh="材料", en="Materials"),
    definition=Name(
        zh="申请人交的材料，同一张表下每种算一份",
        en="papers the applicant hands in, each once per form",
    ),
    unit=MATERIALS,
    of=_materials,
)


def _trips(records: Records, scope: Scope) -> Values:
    return _visits(records, scope)


trips = Measure(
    id="trips",
    name=Name(zh="跑动", en="Visits"),
    definition=Name(
        zh="申请人到场的次数，含补正和现场配合",
        en="visits in person, corrections and inspections to attend included",
    ),
    unit=VISITS,
    of=_trips,
)


def _corrections(records: Records, scope: Scope) -> Values:
    return asked(records, scope, _rounds(records))


def _rounds(records: Records) -> Values:
    """By attempt: how often it came back; one that lapsed as often as it was told, the last time in vain.

    Between what it took to prepare and the end, each time is a stretch of the applicant's, but for a last time that
    left none to put anything right.
    """
    rounds: Values = records.by_program(lambda program: program.rounds)
    lapsed = (records.of_attempts["flags"] & int(Flag.LAPSED)) > 0
    if lapsed.any():
        mine = records.main["category"] == int(Category.APPLICANT)
        stretches, last = (
            found.reindex(records.attempts.index, fill_value=0).to_numpy()
            for found in (mine.groupby(records.main["attempt"]).sum(), mine.groupby(records.main["attempt"]).last())
        )
        prepared = records.by_program(_preparations)
        rounds = np.where(lapsed, stretches - prepared + ~last.astype(bool), rounds)
    return rounds


def _preparations(program: Program) -> Ints | None:
    """By case: on how many clocks its papers take time."""
    times = [seconds > 0 for _, seconds in program.prepare]
    return np.sum(times, axis=0) if times else None


corrections = Measure(
    id="corrections",
    name=Name(zh="补正次数", en="Rounds of correction"),
    definition=Name(
        zh="申请在受理前被退回补正的次数",
        en="how often an application comes back to be put right before it is accepted",
    ),
    unit=ROUNDS,
    of=_corrections,
)


def _fees(records: Records, scope: Scope) -> Values:
    """By case: what it pays; not-a-number where no step of a scope says what it costs."""
    own = [node for flow in records.flows if flow.process == records.process for node in flow.nodes]
    if not any(node.priced and in_scope(node, scope) for node in own):
        return np.full(records.size, np.nan)
    return asked(records, scope, records.by_program(lambda program: program.fees))


fees = Measure(
    id="fees",
    name=Name(zh="费用", en="Fees"),
    definition=Name(
        zh="申请人为各环节交的费用，减免之后，每个环节只算一次；没有写明收费的业务没有此数",
        en="yuan that the applicant pays for the steps, after reductions, once for each; none where no fee is stated",
    ),
    unit=YUAN,
    of=_fees,
)


def _forms(records: Records, scope: Scope) -> Values:
    return asked(records, scope, records.by_attempt(lambda node: node.submission))


forms = Measure(
    id="forms",
    name=Name(zh="表单", en="Forms"),
    definition=Name(
        zh="申请人填的表",
        en="forms the applicant fills in",
    ),
    unit=FORMS,
    of=_forms,
)


def _prefilled_share(records: Records, scope: Scope) -> Values:
    total = asked(records, scope, records.by_attempt(lambda node: node.fields[0]))
    filled = asked(records, scope, records.by_attempt(lambda node: node.fields[1]))
    return ratio(filled, total)


prefilled_share = Measure(
    id="prefilled_share",
    name=Name(zh="免填写占比", en="Prefilled share"),
    definition=Name(
        zh="表单中无须申请人填写的字段",
        en="share of the form fields that are filled in for the applicant",
    ),
    unit=SHARE,
    of=_prefilled_share,
)


def _no_visit_share(records: Records, scope: Scope) -> Values:
    return np.where(_visits(records, scope) == 0, 1.0, 0.0)


no_visit_share = Measure(
    id="no_visit_share",
    name=Name(zh="不见面占比", en="No-visit share"),
    definition=Name(
        zh="一次也不跑的案件",
        en="share of the cases without any visit",
    ),
    unit=SHARE,
    of=_no_visit_share,
)


def _one_visit_share(records: Records, scope: Scope) -> Values:
    return np.where(_visits(records, scope) <= 1, 1.0, 0.0)


one_visit_share = Measure(
    id="one_visit_share",
    name=Name(zh="最多跑一次占比", en="One-visit share"),
    definition=Name(
        zh="最多跑一次的案件",
        en="share of the cases with at most one visit",
    ),
    unit=SHARE,
    of=_one_visit_share,
)


def _visits(records: Records, scope: Scope) -> Values:
    return asked(records, scope, records.of_attempts["visits"], again=True)
