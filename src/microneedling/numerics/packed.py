"""All fields of a state in two arrays, lanes last: those over depth, and those at the surface."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import jax
import jax.numpy as jnp


@jax.tree_util.register_dataclass
@dataclasses.dataclass(frozen=True)
class Packed:
    """Depth fields (field, depth, lanes) and surface fields (field, lanes); stages add a leading axis."""

    depth: jax.Array
    surface: jax.Array

    def plus(self, other: Packed) -> Packed:
        """Sum."""
        return Packed(self.depth + other.depth, self.surface + other.surface)

    def times(self, factor: jax.Array) -> Packed:
        """Product with a number per lane."""
        return Packed(self.depth * factor, self.surface * factor)

    def over(self, size: jax.Array) -> Packed:
        """Quotient by a number per lane."""
        return Packed(self.depth / size, self.surface / size)

    def mix(self, weights: jax.Array) -> Packed:
        """Weighted sum of stages."""
        return Packed(jnp.tensordot(weights, self.depth, axes=1), jnp.tensordot(weights, self.surface, axes=1))

    def room(self, stages: int) -> Packed:
        """Zeros for that many stages of this shape."""
        return Packed(jnp.zeros((stages, *self.depth.shape)), jnp.zeros((stages, *self.surface.shape)))

    def put(self, i: jax.Array, stage: Packed) -> Packed:
        """These stages with stage i set."""
        return Packed(self.depth.at[i].set(stage.depth), self.surface.at[i].set(stage.surface))

    def where(self, chosen: jax.Array, other: Packed) -> Packed:
        """These fields in the lanes chosen, the other's elsewhere."""
        return Packed(jnp.where(chosen, self.depth, other.depth), jnp.where(chosen, self.surface, other.surface))

    def sizes(self) -> jax.Array:
        """Root mean square over depth of each depth field, absolute value of each surface field (field, lanes)."""
        return jnp.concatenate([jnp.sqrt(jnp.mean(self.depth**2, axis=1)), jnp.abs(self.surface)])


@dataclasses.dataclass(frozen=True)
class Layout:
    """Which fields of a list lie over depth, and how many cells there are."""

    over_depth: tuple[bool, ...]
    cells: int

    def pack(self, fields: Sequence[jax.Array]) -> Packed:
        """Fields given one by one, (depth, lanes) or (lanes,)."""
        deep = [y for y, d in zip(fields, self.over_depth) if d]
        flat = [y for y, d in zip(fields, self.over_depth) if not d]
        lanes = fields[0].shape[-1]
        depth = jnp.stack(deep) if deep else jnp.zeros((0, self.cells, lanes))
        return Packed(depth, jnp.stack(flat) if flat else jnp.zeros((0, lanes)))

    def unpack(self, packed: Packed) -> list[jax.Array]:
        """Fields one by one, in the order of the list."""
        deep, flat = iter(range(packed.depth.shape[0])), iter(range(packed.surface.shape[0]))
        return [packed.depth[next(deep)] if d else packed.surface[next(flat)] for d in self.over_depth]

    def sorted(self, values: Sequence[float]) -> list[float]:
        """One number per field, depth fields first, as `Packed.sizes` orders them."""
        deep = [v for v, d in zip(values, self.over_depth) if d]
        return deep + [v for v, d in zip(values, self.over_depth) if not d]
