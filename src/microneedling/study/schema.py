"""The study file: what to do to whose skin, and what to compare it with."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel

from microneedling.study import checks
from microneedling.study.deposit_checks import deposit_problems
from microneedling.study.exfoliation_checks import exfoliation_problems
from microneedling.study.lighting import light_problems
from microneedling.study.limits import film_problems
from microneedling.study.needle_checks import session_problems
from microneedling.study.plain import PlainStudy, arms_of, in_vitro_of, person_of, person_table
from microneedling.study.quantity import Quantity, Reads, Whole
from microneedling.study.read import Problem, StudyError, made, table_of
from microneedling.study.scan_table import ScanTable
from microneedling.study.switch_tables import SwitchTable, switch_problems, switched_arms
from microneedling.study.tables import BORDER, ArmTable, InVitroTable, PersonTable, ProtocolTable, SiteTable, Text

MOST_MEMBERS = 4096
MOST_SEED = 2**32 - 1


class Study(BaseModel):
    """A whole study as written, quantities with the text they had; `plain()` is what a run takes."""

    model_config = BORDER
    title: Text
    question: str = ""
    setup: Literal["in vivo", "in vitro"] = "in vivo"
    horizon: Annotated[Quantity, Reads("s", "end of the study, from the first needling", "240 d", above_zero=True)]
    seed: Annotated[int, Whole("seed of the ensemble", 0, MOST_SEED)] = 1
    members: Annotated[int, Whole("members of the ensemble", 1, MOST_MEMBERS)] = 64
    detail: Literal["depth", "cell"] = "depth"
    outcomes: list[Text] = []
    person: PersonTable
    site: SiteTable
    in_vitro: InVitroTable | None = None
    protocol: ProtocolTable
    arm: list[ArmTable] = []
    switches: SwitchTable | None = None
    scan: ScanTable | None = None

    @classmethod
    def load(cls, path: str | Path, *, scales: Collection[str] | None = None) -> Study:
        """Read and check a study file.

        Args:
            path: the TOML file; a user's own cards in it are found beside it
            scales: names of all known outcomes; None leaves them unchecked

        Errors: StudyError, one line for each problem: file, key, what was found, what is allowed.
        Checked by: tests/unit/study/test_schema.py, tests/faces/test_bad_input.py
        """
        return cls.of(table_of(Path(path)), file=Path(path).name, scales=scales)

    @classmethod
    def of(cls, table: Mapping[str, Any], *, file: str = "study", scales: Collection[str] | None = None) -> Study:
        """The checked study behind a table with the keys of a study file; `file` is its name in messages."""
        study = made(cls, dict(table), file=file)
        problems = study.problems(scales=scales)
        if problems:
            raise StudyError(file, problems)
        return study

    def problems(self, *, scales: Collection[str] | None = None) -> tuple[Problem, ...]:
        """All that is wrong beyond the single keys; empty when the study can run."""
        plans: list[tuple[str, ProtocolTable | ArmTable]] = [("protocol", self.protocol)]
        plans += [(f"arm[{i}]", arm) for i, arm in enumerate(self.arm)]
        return (
            *checks.outcome_problems(self.outcomes, scales),
            *checks.person_problems(self.person),
            *checks.place_problems(self.setup, self.site, self.in_vitro),
            *checks.arm_problems(self.protocol, self.arm, self.horizon),
            *film_problems(plans, enclosed=self.in_vitro is not None),
            *deposit_problems(plans, site=self.site, in_vitro=self.in_vitro, horizon=self.horizon),
            *exfoliation_problems(plans, site=self.site, horizon=self.horizon),
            *light_problems(plans, self.horizon),
            *session_problems(plans, site=self.site, in_vitro=self.in_vitro),
            *switch_problems(self.switches, self.arm),
            *checks.detail_problems(self.detail, self.protocol, self.horizon),
        )

    def plain(self) -> PlainStudy:
        """The study in SI: repeats written out, times absolute, comparators built."""
        given = self.in_vitro.area if self.in_vitro is not None else self.site.area
        if given is None:
            raise StudyError("study", [Problem("site.area", "nothing", 'a skin area such as "60 cm2"')])
        return PlainStudy(
            title=self.title,
            question=self.question,
            setup=self.setup,
            horizon=self.horizon.value,
            seed=self.seed,
            members=self.members,
            detail=self.detail,
            outcomes=tuple(self.outcomes),
            person=person_of(person_table(self.person)),
            site=self.site.card,
            area=given.value,
            in_vitro=in_vitro_of(self.in_vitro),
            arms=switched_arms(
                arms_of(self.protocol, self.arm, given.value), self.switches, [one.switches for one in self.arm]
            ),
        )


def schema() -> dict[str, Any]:
    """The JSON schema of the study file, for editors; TOML knows no null, so none is offered."""
    made_by_pydantic: dict[str, Any] = _without_null(Study.model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made_by_pydantic}


def _without_null(entry: Any) -> Any:
    if isinstance(entry, list):
        return [_without_null(one) for one in entry]
    if not isinstance(entry, dict):
        return entry
    kept = {key: _without_null(value) for key, value in entry.items() if not (key == "default" and value is None)}
    choices = [one for one in kept.pop("anyOf", []) if one != {"type": "null"}]
    return {**choices[0], **kept} if len(choices) == 1 else ({**kept, "anyOf": choices} if choices else kept)
