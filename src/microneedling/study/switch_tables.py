"""The table [switches]: paths of a study, and of an arm, that are turned off, on or part of the way."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, create_model
from pydantic_core import core_schema

from microneedling.laws.switches import SWITCHES
from microneedling.protocol.protocol import Protocol
from microneedling.study.quantity import refusal, shown
from microneedling.study.read import Problem

OFF, ON = 0.0, 1.0
ALLOWED = "a number from 0 (the path is off) to 1 (on)"


@dataclasses.dataclass(frozen=True)
class Setting:
    """How one switch is read."""

    meaning: str

    def read(self, found: Any) -> float:
        """The number, or a refusal that names the bounds."""
        if isinstance(found, bool) or not isinstance(found, int | float) or not OFF <= found <= ON:
            raise refusal(shown(found), ALLOWED)
        return float(found)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        """Read at the border."""
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """What an editor shows and checks."""
        return {"type": "number", "minimum": OFF, "maximum": ON, "description": f"{self.meaning}; {ALLOWED}"}


def _table() -> type[BaseModel]:
    """One optional number for each switch; what is left out stays as the laws have it."""
    fields: dict[str, Any] = {
        name: (Annotated[float, Setting(meaning)] | None, None) for name, (_, _, meaning) in SWITCHES.items()
    }
    border = ConfigDict(extra="forbid", frozen=True, strict=True)
    made: type[BaseModel] = create_model("SwitchTable", __config__=border, __doc__="Paths off and on.", **fields)
    return made


SwitchTable: Any = _table()


def settings(table: Any) -> dict[str, float]:
    """What a table sets, by name; nothing without one."""
    return {} if table is None else {name: value for name, value in table if value is not None}


def switched_arms(arms: Sequence[Protocol], study: Any, own: Sequence[Any]) -> tuple[Protocol, ...]:
    """The arms with their switches: the study's, and over them the arm's own.

    Args:
        arms: the protocol, then the comparators
        study: the study's table or None
        own: the comparators' tables or None, in order
    """
    tables = (None, *own)
    return tuple(
        dataclasses.replace(arm, switches=tuple(sorted((settings(study) | settings(table)).items())))
        for arm, table in zip(arms, tables, strict=True)
    )


def switch_problems(study: Any, arms: Sequence[Any]) -> Iterator[Problem]:
    """An arm that repeats the protocol must differ from it in some switch."""
    whole = settings(study)
    for i, arm in enumerate(arms):
        if arm.kind == "same" and whole | settings(arm.switches) == whole:
            found = '"same" with the protocol\'s own switches'
            yield Problem(f"arm[{i}].kind", found, f"a table [arm.switches] that differs, with {', '.join(SWITCHES)}")
