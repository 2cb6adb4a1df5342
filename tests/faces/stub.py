"""A small result, so that the command line can be tested without simulating."""

import json

import numpy as np
import xarray as xr

from microneedling.simulate import result

ARMS = ("needling", "sham")
PEOPLE, TIMES = 4, np.array([-86400.0, 0.0, 1.0, 3600.0, 86400.0, 864000.0])


def tree(study=None):
    shape = (len(ARMS), PEOPLE, TIMES.size)
    units = {"units": "kg m-2 s-1", "shown": "g m-2 h-1", "long_name": "Transepidermal water loss"}
    attrs = units | {"noticeable": 5e-7, "worse": "up", "low": 0.0, "high": 1e-4}
    row = {"value": 1.0, "low": 0.5, "high": 2.0, "names": "ChannelClosure.radius_exponent", "units": "1"}
    row |= {"sources": ["kalluri2011"], "where": "p. 1", "grades": "in animals", "notes": "", "varies": "knowledge"}
    finding = {"source": "A label, section 3"}
    run = {"title": "stub", "version": "0", "seed": 1, "balance_error": 0.0, "created": "2000-01-01"}
    status = {arm: {"finished": PEOPLE} for arm in ARMS}
    groups = {
        "scores": result.scores_group(ARMS, TIMES, {"tewl": np.full(shape, 3e-6)}, {"tewl": attrs}),
        "parameters": result.parameters_group([row | {"meanings": "p"}]),
        "safety": xr.Dataset(attrs={"findings": json.dumps([finding]), "notices": "[]", "override": ""}),
        "run": xr.Dataset(attrs=run | {"status": json.dumps(status)}),
    }
    return result.tree_of(groups)
