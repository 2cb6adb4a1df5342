"""Sparse derivatives and linear systems written out as whole matrices, to be compared with plain linear algebra."""

import jax
import jax.numpy as jnp
import numpy as np


class Index:
    """Where each field of a list stands in one long vector: depth fields take a row per cell."""

    def __init__(self, over_depth, cells):
        sizes = [cells if deep else 1 for deep in over_depth]
        self.over_depth, self.cells = over_depth, cells
        self.first = np.concatenate([[0], np.cumsum(sizes)])
        self.size = int(self.first[-1])

    def rows(self, i):
        """Rows of field i."""
        return np.arange(self.first[i], self.first[i + 1])

    def split(self, vector):
        """A long vector as a list of fields; trailing axes stay."""
        parts = [vector[self.first[i] : self.first[i + 1]] for i in range(len(self.over_depth))]
        return [part if deep else part[0] for part, deep in zip(parts, self.over_depth)]


def joined(fields):
    """A list of fields as one long vector; lanes, where there are any, stay last."""
    flat = min(np.ndim(y) for y in fields)
    return jnp.concatenate([y if np.ndim(y) > flat else y[None] for y in fields])


def written_out(entries, index, lane=None):
    """The whole matrix behind sparse entries {(row, column, kind): array}; `lane` picks a person."""
    whole = np.zeros((index.size, index.size))
    for (row, column, kind), part in entries.items():
        part = np.asarray(part) if lane is None else np.asarray(part)[..., lane]
        _put(whole, (index.rows(row), index.rows(column)), kind, part)
    return whole


def _put(whole, rows_and_columns, kind, part):
    rows, columns = rows_and_columns
    if kind in ("-1", "0", "+1"):
        for i, value in enumerate(np.broadcast_to(part, len(rows))):
            if 0 <= i + int(kind) < len(columns):
                whole[rows[i], columns[i + int(kind)]] += value
    elif kind in ("top", "bottom"):
        whole[rows, columns[0 if kind == "top" else -1]] += part
    elif kind == "all":
        whole[rows, columns[0]] += part
    elif kind in ("at_top", "at_bottom"):
        whole[rows[0 if kind == "at_top" else -1], columns[0]] += part
    elif kind == "sum":
        whole[rows[0], columns] += part
    else:
        whole[rows[0], columns[0]] += part


def derivative(rate, fields, index):
    """The whole matrix by forward differentiation of every number by every number."""

    def whole(vector):
        return joined(rate(index.split(vector)))

    return np.asarray(jax.jacfwd(whole)(joined(fields)))
