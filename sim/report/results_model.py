"""What results.json holds, key by key; its published schema is made from this."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from pydantic.json_schema import GenerateJsonSchema

from sim.analysis.standing import Verdict
from sim.report.results_remedies import RemedyFound
from sim.report.results_worlds import WorldsFound
from sim.scenario.target import Target
from sim.spec.base import Id, Model, Name, Text

Count = Annotated[int, Field(ge=0)]
Number = float | None
"""None where there is none, such as an interval of fewer than two replications."""


class EstimateFound(Model):
    """A statistic of the cases of all replications together and how far the luck of the draws may move it."""

    value: Number
    """The statistic, in the unit of the measure."""
    interval95: tuple[Number, Number]
    """Lower and upper end of the 95 % interval; null where it has no end."""
    runs: Count
    """Replications that had a case."""


class MeasureFound(Model):
    """One measure of the cases of one process."""

    mean: EstimateFound
    """Mean of the cases."""
    p50: Number
    """Median of the cases of all replications together."""
    p50_interval95: tuple[Number, Number]
    """95 % interval of it; an end that cannot be told, for want of cases, is null."""
    p90: Number
    """Value that 90 % of the cases of all replications together do not exceed."""
    p90_interval95: tuple[Number, Number]
    """95 % interval of it; an end that cannot be told, for want of cases, is null."""
    deviation: Number
    """Standard deviation of the cases of all replications together from their mean."""
    minimum: Number
    """Smallest of the cases of all replications together."""
    maximum: Number
    """Largest of the cases of all replications together."""
    difference: EstimateFound | None = None
    """Mean minus that of the first variant, paired by replication; left out for the first variant."""


class ChangeMade(Model):
    """One value that a reform changed."""

    reform: Text
    """The reform, by its name in the scenario."""
    process: Id
    """The process, or the place, that it changed."""
    change: Text
    """Where, from what and to what."""
    source: Id
    """Key of the source of the reform."""


class DaysFound(Model):
    """Mean days per case that one category took of one step on the critical path."""

    node: Text
    """The step."""
    kind: Text
    """Kind of the step."""
    category: Text
    """What the time went to: work, queue, circulation, …"""
    office: Number
    """Working days."""
    calendar: Number
    """Calendar days."""


class MonthFound(Model):
    """The cases of one process that arrived in one month."""

    month: Annotated[str, Field(pattern=r"^\d{4}-\d\d$")]
    """YYYY-MM."""
    cases: Count
    """How many they are, in all replications together."""
    means: dict[Id, EstimateFound]
    """Measure → its mean."""


class VariantFound(Model):
    """One variant: what was changed and what came of it."""

    name: Name
    """What the variant is called."""
    starts_from: Id | None
    """Variant it was made from; null for the first."""
    runs: Count
    """In how many replications it was played: the first ones of all."""
    changes: tuple[ChangeMade, ...]
    """What its reforms changed against the variant it starts from, in their order."""
    processes: dict[Id, dict[Id, MeasureFound]]
    """Process → measure → what was found."""
    months: dict[Id, tuple[MonthFound, ...]]
    """Process → what was found by month of arrival."""
    days_by_step_and_category: dict[Id, tuple[DaysFound, ...]]
    """Process → how the time of a case splits along its critical path."""
    utilisation: dict[Text, EstimateFound]
    """Department/role → share of their open time in which its officers worked."""


class ReadingFound(Model):
    """What a target comes to when its figure is read in another way."""

    measure: Id
    """The measure that reads it so."""
    estimate: EstimateFound
    """What the model finds for the variant of the target."""
    baseline: EstimateFound
    """The same statistic of the first variant."""
    verdict: Verdict
    """The verdict by this reading; `verdict` of the target is by its own measure."""


class TargetFound(Target):
    """A published figure as the scenario states it, what the model finds, and the verdict."""

    processes: tuple[Id, ...]
    """The processes it speaks of; their cases are pooled."""
    estimate: EstimateFound
    """What the model finds for its variant."""
    baseline: EstimateFound
    """The same statistic of the first variant."""
    verdict: Verdict
    """Whether all of `verdict_interval` meets it, misses it, or neither."""
    verdict_interval: tuple[Number, Number]
    """The interval that decides: wider than that of 95 %, so that all looks at the verdict together keep the error."""
    verdict_confidence: float
    """Its confidence, from 0 to 1."""
    as_wanted: bool
    """Whether `check` passes: met, or missed where a miss is on record."""
    residual: Number
    """What the model finds minus the published bound."""
    met_before_the_reforms: bool
    """Whether the first variant meets it already, so that meeting it is no achievement."""
    quiet: Id | None
    """Why its verdict tells nothing (`stated`, `input`, `limits`, `before`); null where it tells something."""
    residual_before: Number
    """What the model finds before the reforms minus what was published; null where nothing was."""
    published_before_inside: bool | None
    """Whether what was published for the state before lies inside the interval found; null where nothing was."""
    steps_without_limit: tuple[Name, ...]
    """Counted steps that a total of limits takes as nothing because they have none."""
    worlds: WorldsFound | None = None
    """What it comes to over the ranges of the assumptions; null where no worlds were drawn."""
    reading: ReadingFound | None
    """The other reading of the figure (counted time: the union, and the stretches on the realised critical path); null
    where its measure has none."""
    remedy: RemedyFound | None
    """What would meet it; null where it is not missed or no limit can move it."""


class StaffFound(Model):
    """Officers whose number no source tells."""

    department: Id
    """Department of the place."""
    role: Id
    """Their role in it."""
    officers: Count
    """How many there are in every variant."""
    derived_from_utilisation: Literal[True]
    """They are derived from the demand and the utilisation that the place assumes."""


class WindowPlayed(Model):
    """The weeks of arrivals that a replication has."""

    weeks: Count
    """Weeks from `start` on whose cases are measured."""
    warm_up: Count
    """Weeks before them whose cases only load the system."""


class WarmingFound(Model):
    """From when on the cases of one process of one variant are alike, as the rule MSER-5 finds it."""

    variant: Id
    """The variant."""
    process: Id
    """The process."""
    measured_from: float
    """Calendar days at which measuring begins, after the first on which cases come."""
    warm_from: Number
    """Calendar days from which its cases are alike, counted likewise; null where so few cannot tell, or none are."""
    early: Number
    """Mean working days of the measured cases that came before `warm_from`; where that is null, in the first half of
    the measured time. Null where there are none."""
    later: Number
    """Mean working days of the measured cases that came after."""
    cold: bool
    """Whether the two differ by more than luck, so that measuring begins too early."""
    enough: Count | None
    """The warm-up that would do, in weeks where the scenario has a window, else in cases."""


class OwnShareFound(Model):
    """How much of the hours of the officers of one department and role the cases take."""

    department: Id
    """The department."""
    role: Id
    """Their role in it."""
    variant: Id
    """The variant in which it is most."""
    share: Number
    """Hours that the cases ask for as a share of those staffed while they come, once they have always been coming."""
    small: bool
    """Whether the queue there does not depend on how many cases are under way, so that no warm-up is needed."""


class EvidenceFound(Model):
    """What the numbers behind the result rest on."""

    numbers: dict[Id, Count]
    """Kind of source → how many numbers rest on it."""
    assumed_share: Number
    """Share of the numbers that are assumptions."""


class OutlivedFound(Model):
    """A rule that the run goes by although it has ended, or that ends before the last case comes."""

    source: Id
    """Key of the rule."""
    last: Text
    """Its last day, YYYY-MM-DD."""
    ended: bool
    """Whether it had ended when the run starts."""
    by: tuple[Name, ...]
    """The steps and the reforms that follow it."""


class SettingFound(Model):
    """A value that a planner tried in the place of what a file states."""

    setting: Text
    """As it was written."""
    owner: Text
    """What the file holds: the scenario, the place, the process or the practice, by its id."""
    path: Text
    """Where in it."""
    old: Any
    """What stands in the file; of officers that it does not count, how many there are; null for nothing."""
    new: Any
    """What stood there in this run."""


class Results(Model):
    """The result of a comparison; the same bytes for the same inputs and seed, whatever the number of workers."""

    schema_version: Literal[1]
    """Version of this form; it rises when a key goes, or comes to mean something else."""
    scenario: Id
    """The scenario."""
    name: Name
    """What it asks."""
    place: Id
    """The place it is asked of."""
    start: Text
    """Date on which the first case may arrive, of a window the first that is measured, YYYY-MM-DD."""
    window: WindowPlayed | None
    """The weeks that were measured, the same for all processes; null where each has a number of cases."""
    warming: tuple[WarmingFound, ...]
    """From when on the system was warm, by variant and process."""
    own_shares: tuple[OwnShareFound, ...]
    """How much of the hours of the officers whom they meet the cases take, the largest share first."""
    projected_years: tuple[Count, ...]
    """Years in which a case was under way, or from which demand was reckoned, whose holidays no notice covers yet."""
    outlived_rules: tuple[OutlivedFound, ...] = ()
    """Rules that it goes by and that have ended, or end before the last case comes."""
    seed: Count
    """Seed of the random numbers."""
    runs: Annotated[int, Field(ge=2)]
    """Replications made: of those that have an open verdict the most, of other variants fewer."""
    interrupted: bool
    """Whether the user stopped it before its verdicts were decided; what is told rests on what was finished."""
    version: Text
    """Version of the program."""
    inputs: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    """SHA-256 over the bytes of all files that it rests on: the scenario, its calendar, its place, its processes and
    those they call, and the practice, sources, materials and amendments that all share; and over the settings."""
    settings: tuple[SettingFound, ...] = ()
    """What was tried in the place of what the files state, in the order given; left out where nothing was."""
    variants: Annotated[dict[Id, VariantFound], Field(min_length=1)]
    """The variants in order, the baseline first."""
    targets: tuple[TargetFound, ...]
    """The published figures and their verdicts, in the order of the scenario."""
    staff: tuple[StaffFound, ...]
    """Officers that were derived, by department and role."""
    evidence: EvidenceFound
    """What the numbers rest on."""


class _WithoutTitles(GenerateJsonSchema):
    """Schemas without titles that only repeat a key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Return that no field has a title."""
        del schema
        return False


def results_schema() -> dict[str, Any]:
    """Return the JSON Schema of results.json, draft 2020-12."""
    dialect = {"$schema": GenerateJsonSchema.schema_dialect}
    return dialect | Results.model_json_schema(schema_generator=_WithoutTitles)
