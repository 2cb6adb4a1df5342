"""From element numbers to the banded system of one wedge, with a reservoir on its top and one on its bottom."""

from __future__ import annotations

import dataclasses
from functools import cached_property

import numpy as np

from microneedling.numerics.wedge import CORNERS, Wedge, stiffness, volumes


@dataclasses.dataclass(frozen=True)
class Coupling:
    """Conductances of one moment, as views of one flat vector so that two of them can be added.

    `band` couples inner nodes (upper band form, Fortran order). For reservoir q, `by[q]` (nodes,) is what a unit of it
    drives into inner nodes, `to[q]` what inner nodes drive into it, `own[q]` its own loss.
    """

    flat: np.ndarray
    width: int
    inner: int

    @property
    def band(self) -> np.ndarray:
        """(width, inner)."""
        return self.flat[: self.width * self.inner].reshape((self.width, self.inner), order="F")

    @property
    def by(self) -> np.ndarray:
        """(2, inner)."""
        return self._after(0).reshape(2, self.inner)

    @property
    def to(self) -> np.ndarray:
        """(2, inner)."""
        return self._after(2).reshape(2, self.inner)

    @property
    def own(self) -> np.ndarray:
        """(2,)."""
        return self.flat[-2:]

    def _after(self, rows: int) -> np.ndarray:
        begin = (self.width + rows) * self.inner
        return self.flat[begin : begin + 2 * self.inner]


@dataclasses.dataclass(frozen=True)
class Assembly:
    """Where each element's numbers go. Row 0 of nodes belongs to the top reservoir, the last row to the bottom one.

    The potential of a reservoir's nodes is `weights` times its concentration: phases that hold the same solute
    differently (acid film, neutral tissue) meet there.

    Checked by: tests/unit/numerics/test_assembly.py
    """

    grid: Wedge
    weights: tuple[np.ndarray, np.ndarray]  # of top and bottom nodes (columns + 1,) [1]

    @cached_property
    def across(self) -> int:
        """Nodes in a row."""
        return self.grid.shape[1] + 1

    @cached_property
    def inner(self) -> int:
        """Nodes that belong to no reservoir."""
        return (self.grid.shape[0] - 1) * self.across

    @cached_property
    def nodes(self) -> np.ndarray:
        """Node number of each element's corners (elements, 4), counted over all rows."""
        rows, columns = self.grid.shape
        row, column = np.divmod(np.arange(rows * columns), columns)
        return np.stack([(row + i) * self.across + column + j for i, j in CORNERS], axis=1)

    @cached_property
    def shares(self) -> np.ndarray:
        """Volume of each element at each of its corners (elements, 4) [m3]."""
        return volumes(self.grid).reshape(-1, 4)

    @cached_property
    def unit(self) -> np.ndarray:
        """Element matrices for a mobility of one (elements, 4, 4) [m]."""
        return stiffness(self.grid).reshape(-1, 4, 4)

    @cached_property
    def everywhere(self) -> np.ndarray:
        """All elements."""
        return np.arange(self.nodes.shape[0])


@dataclasses.dataclass(frozen=True)
class Places:
    """Some elements of an assembly with the places their numbers go to, found once and used at every step."""

    assembly: Assembly
    pick: np.ndarray

    def gathered(self, values: np.ndarray) -> np.ndarray:
        """Element values (picked,) times volume, added up at the nodes (all nodes,)."""
        this = self.assembly
        weights = (this.shares[self.pick] * values[:, None]).ravel()
        return np.bincount(self._corners, weights, minlength=this.inner + 2 * this.across)

    def coupling(self, mobility: np.ndarray) -> Coupling:
        """Conductances for a mobility D K of each picked element (picked,) [m2 s-1]."""
        at, element, unit = self._entries
        width, inner = self.assembly.across + 2, self.assembly.inner
        flat = np.bincount(at, unit * mobility[element], minlength=(width + 4) * inner + 2)
        return Coupling(flat, width, inner)

    @cached_property
    def _corners(self) -> np.ndarray:
        return self.assembly.nodes[self.pick].ravel()

    @cached_property
    def _entries(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Place in the flat vector, element and unit conductance of every entry that is used."""
        this = self.assembly
        n, across, inner = this.nodes[self.pick], this.across, this.inner
        i, j = (x.ravel() - across for x in np.broadcast_arrays(n[:, :, None], n[:, None, :]))
        element = np.repeat(np.arange(self.pick.size), 16)
        unit, width, found = this.unit[self.pick].ravel(), across + 2, []
        i_in, j_in = (i >= 0) & (i < inner), (j >= 0) & (j < inner)
        both = i_in & j_in & (i <= j)
        found.append((both, (width - 1 + i - j) + j * width, np.ones_like(unit)))
        for q, begin in enumerate((-across, inner)):
            mine = (j >= begin) & (j < begin + across)
            weight = this.weights[q][np.clip(j - begin, 0, across - 1)]
            alone = mine & (i >= begin) & (i < begin + across)
            found.append((mine & i_in, (width + q) * inner + i, weight))
            found.append((mine & i_in, (width + 2 + q) * inner + i, np.ones_like(unit)))
            found.append((alone, np.full_like(i, (width + 4) * inner + q), weight))
        parts = [(place[use], element[use], (unit * weight)[use]) for use, place, weight in found]
        at, element, unit = (np.concatenate(column) for column in zip(*parts))
        return at, element, unit
