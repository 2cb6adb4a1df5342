"""One derived property with its formula and inputs, and the case it is derived for."""

from __future__ import annotations

import dataclasses

import jax
import numpy as np

from microneedling.formulation.active import Active
from microneedling.laws.correlation import LayerCorrelations
from microneedling.skin.skin import Skin

Value = jax.Array | float
OSP, FITS = ("osp_skin",), ("open_permeability",)


@dataclasses.dataclass(frozen=True)
class Input:
    """One number that goes into a formula; `number` is where it stands: "active.log_kow", "LayerCorrelations.leak"."""

    symbol: str
    value: Value
    unit: str
    number: str = ""


@dataclasses.dataclass(frozen=True)
class Derived:
    """One property: value(s) in SI, people last, and where its formula holds. `in_range` is told of the first person."""

    part: str
    name: str
    symbol: str
    formula: str
    inputs: tuple[Input, ...]
    value: Value
    unit: str
    source: tuple[str, ...]
    valid: str = ""
    in_range: bool = True


@dataclasses.dataclass(frozen=True)
class Case:
    """One active from one film in one skin; every number may hold one value for each person, people last."""

    active: Active
    skin: Skin
    ph: Value
    numbers: LayerCorrelations

    @property
    def is_alive(self) -> bool:
        """In vivo, not excised."""
        return first(self.skin.alive) > 0.5

    @property
    def is_hydrated(self) -> bool:
        """Fully, not partly hydrated stratum corneum."""
        return first(self.skin.hydrated) > 0.5

    def a(self, symbol: str, name: str, unit: str = "1") -> Input:
        """A number of the active."""
        return Input(symbol, getattr(self.active, name), unit, f"active.{name}")

    def k(self, symbol: str, name: str, unit: str = "1") -> Input:
        """A number of the correlations."""
        return Input(symbol, getattr(self.numbers, name), unit, f"LayerCorrelations.{name}")

    def of(self, symbol: str, value: Value, unit: str = "1") -> Input:
        """A property derived before."""
        return Input(symbol, value, unit)


def first(value: Value) -> float:
    """The first person's number."""
    return float(np.asarray(value).reshape(-1)[0])


def row(part: str, name: str, equation: str, *inputs: Input, gives: tuple[Value, str, tuple[str, ...]]) -> Derived:
    """One property; `equation` is "symbol = formula", `gives` its value, unit and sources."""
    symbol, formula = equation.split(" = ", 1)
    value, unit, source = gives
    return Derived(part, name, symbol, formula, inputs, value, unit, source)
