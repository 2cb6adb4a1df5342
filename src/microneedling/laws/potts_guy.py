"""Potts and Guy's line through permeabilities of human skin: what a layer model is held against."""

from __future__ import annotations

from typing import Any, Protocol

from microneedling.core.param import param
from microneedling.core.struct import struct


class Molecule(Protocol):
    """What the line reads: an active, or a row of a collection."""

    @property
    def molar_mass(self) -> Any:
        """[kg mol-1]"""

    @property
    def log_kow(self) -> Any:
        """[1]"""


@struct
class PottsGuy:
    """Line through permeabilities of human skin: log10 kp = a + b log Kow - c M/(g/mol), kp in cm/h."""

    # fmt: off
    level: float = param(default=-2.74, unit="1", source="potts1992", where="level", spread="exact", grade="in excised skin")
    partition: float = param(default=0.71, unit="1", source="potts1992", where="slope of log Kow", spread="exact", grade="in excised skin")
    mass: float = param(default="6.1 mol kg-1", unit="mol kg-1", source="potts1992", where="slope, 0.0061 per g/mol", spread="exact", grade="in excised skin")
    printed: float = param(default="1 cm h-1", unit="m s-1", source="potts1992", where="unit of kp", spread="exact", grade="in excised skin", meaning="permeability the logarithm refers to")
    # fmt: on

    def read(self, molecule: Molecule) -> Any:
        """log10 of the permeability in cm/h."""
        return self.level + self.partition * molecule.log_kow - self.mass * molecule.molar_mass

    def permeability(self, molecule: Molecule) -> Any:
        """The permeability [m s-1]."""
        return self.printed * 10 ** self.read(molecule)
