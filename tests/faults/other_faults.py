"""Faults planted in the solver, the oracles, and the plain records around them."""

# ruff: noqa: E501

import functools

import numpy as np
import toy
from contracts import test_parameters
from faults.fault import Fault, both, put, spoilt
from oracles import exact, test_layered_slab
from shape import test_imports
from unit.numerics import test_banded, test_jacobian, test_linear, test_march, test_step
from unit.protocol import test_plan
from unit.scales import test_downtime
from unit.skin import test_skin

from microneedling.core.param import param
from microneedling.core.struct import struct
from microneedling.numerics import banded, flux, grid, jacobian, linear, march
from microneedling.numerics import step as stepping
from microneedling.protocol import plan
from microneedling.scales import closure

STEP, MARCH, SLAB = "unit/numerics/test_step.py", "unit/numerics/test_march.py", "oracles/test_layered_slab.py"
NUMBERS = "contracts/test_parameters.py"
JACOBIAN, LINEAR = "unit/numerics/test_jacobian.py", "unit/numerics/test_linear.py"


def anew(owner, name):
    """Plant: forget what was compiled, before and after."""

    def plant(patch):
        patch.setattr(owner, name, functools.cache(getattr(owner, name).__wrapped__))

    return plant


def recoupled(patch):
    """Plant: the solver looks its couplings up anew."""
    patch.setitem(jacobian.COUPLINGS, "mn_diffusion", jacobian._diffused)


def wrong(table, row, column, factor):
    """A table of the stepper with one number spoilt."""
    spoilt_table = np.array(getattr(stepping, table))
    spoilt_table[row, column] *= factor
    return put(stepping, table, spoilt_table)


def every_coupling():
    test_jacobian.test_every_allowed_coupling(0)


@struct
class Careless:
    """A number whose spread does not enclose it, and one without a trace."""

    rate: float = param(default=3.0, unit="s-1", spread="0.1 .. 0.2", note="a slip")
    share: float = param(default=3.0, unit="1")


def wrong_wave(self, z, t):
    """The mode of one layer, as if there were no other."""
    return exact.jnp.cos(np.sqrt(self.rate) * z) * exact.jnp.exp(-self.rate * t)


def nowhere(patch):
    """Plant: the fault is in the record that is checked."""


STEPPING = anew(toy, "stepper")
MARCHING = anew(test_march, "runner")
EXCHANGING = anew(test_march, "exchanging")

# fmt: off
FAULTS = [
    Fault("a wrong coefficient of the step", f"{STEP}::test_steps_are_of_order_four",
          both(wrong("A", 3, 1, 1.001), STEPPING),
          test_step.steps_are_of_order_four),
    Fault("a wrong coefficient of the pulls", f"{STEP}::test_steps_are_of_order_four",
          both(wrong("C", 4, 2, 0.999), STEPPING), test_step.steps_are_of_order_four),
    Fault("a wrong diagonal", f"{STEP}::test_steps_are_of_order_four",
          both(put(stepping, "GAMMA", 0.251), STEPPING), test_step.steps_are_of_order_four),
    Fault("a wrong coefficient of the values inside a step", f"{STEP}::test_values_inside_a_step_are_of_order_three",
          both(wrong("DENSE", 0, 1, 1.01), STEPPING), test_step.values_inside_are_of_order_three),
    Fault("readings taken at the end of the step", f"{MARCH}::test_readings_are_the_solution_at_their_times",
          both(spoilt(march, "_read_between", "between(*ends, theta)", "ends[1]"), MARCHING),
          test_march.readings_are_the_solution_at_their_times),
    Fault("the tolerance is not heard", f"{MARCH}::test_error_falls_with_tolerance",
          both(spoilt(march.Tolerance, "allowed", "self.relative * y.sizes()", "1e-3 * y.sizes()"), MARCHING),
          test_march.error_falls_with_tolerance),
    Fault("what solving a step left goes unseen",
          f"{MARCH}::test_an_exchange_too_fast_to_be_solved_ends_one_person_with_the_cause",
          both(put(march, "SOLVED", 1e99), EXCHANGING),
          test_march.one_who_cannot_be_solved_ends_with_the_cause),
    Fault("a residual without its right-hand side", f"{LINEAR}::test_a_residual_is_what_a_solution_leaves_of_its_equations",
          spoilt(linear, "residual", "moved = list(rhs)", "moved = [0.0 * r for r in rhs]"),
          test_linear.test_a_residual_is_what_a_solution_leaves_of_its_equations),
    Fault("faces conduct by the mean of both sides", f"{SLAB}::test_steady_flux_is_that_of_resistances_in_series",
          spoilt(flux, "mn_diffusion", "face_conductance(mobility, step)",
                 "((mobility[:-1] + mobility[1:]) / (step[:-1] + step[1:]))"),
          test_layered_slab.steady_flux_is_that_of_resistances_in_series),
    Fault("flow over the cell above instead of its own", f"{SLAB}::test_modes_converge_at_second_order",
          spoilt(flux, "mn_diffusion", ") / step", ") / jnp.mean(step)"), test_layered_slab.modes_converge_at_second_order),
    Fault("neighbours mistaken for each other", f"{JACOBIAN}::test_every_allowed_coupling",
          spoilt(jacobian, "shifted", "if by == 1 else", "if by == -1 else"), every_coupling),
    Fault("half of the product rule", f"{JACOBIAN}::test_every_allowed_coupling",
          spoilt(jacobian, "_derive", "merge(scaled(felt[0], inputs[1]), scaled(felt[1], inputs[0]))",
                 "scaled(felt[0], inputs[1])"), every_coupling),
    Fault("diffusivity's own derivative forgotten", f"{JACOBIAN}::test_every_allowed_coupling",
          both(spoilt(jacobian, "_diffused", "_banded(by_m, felt[1])", "{}"), recoupled), every_coupling),
    Fault("elimination with the wrong sign", f"{LINEAR}::test_every_coupling_of_a_small_system",
          spoilt(linear, "_eliminate", "cell[i, j] - m * value", "cell[i, j] + m * value"),
          lambda: test_linear.test_every_coupling_of_a_small_system(10.0)),
    Fault("a neighbour forgotten on the way back", "unit/numerics/test_banded.py::test_any_number_of_cells_and_fields",
          spoilt(banded, "solve", " - product(co, after)", ""), lambda: test_banded.agrees_with_dense(8, 2, people=2)),
    Fault("cells do not fill their layer", "unit/skin/test_skin.py::test_layers_have_the_site_s_thickness_and_never_share_a_cell",
          spoilt(grid, "shares", "sizes / sizes.sum()", "sizes / sizes.max()"),
          lambda: test_skin.test_layers_have_the_site_s_thickness_and_never_share_a_cell("cheek")),
    Fault("an oracle of one layer for two", f"{SLAB}::test_the_oracle_solves_its_own_equation",
          put(exact.Bilayer, "u", wrong_wave), lambda: exact.put_back(exact.Bilayer())),
    Fault("an oracle without its partition", "oracles/test_finite_dose.py::test_the_oracle_solves_its_own_equation",
          spoilt(exact.FiniteDose, "__init__", "ratio = partition * depth / film", "ratio = depth / film"),
          lambda: exact.put_back(exact.FiniteDose())),
    Fault("an oracle that forgets factorials", "oracles/test_decay_chain.py::test_the_oracle_solves_its_own_equation",
          spoilt(exact.Chain, "stage", "/ (j + 1)", ""), lambda: exact.put_back(exact.Chain())),
    Fault("an oracle of an open cell", "oracles/test_channel_cell.py::test_the_oracle_solves_its_own_equation",
          spoilt(exact.Cell, "u", "self.b**2 * jnp.log", "self.c**2 * jnp.log"), lambda: exact.put_back(exact.Cell())),
    Fault("a whole gap counts when redness only crosses", "unit/scales/test_downtime.py::test_a_triangle_is_cut_where_it_crosses",
          spoilt(closure, "open_time", "(b > 0), crossing, 0.0)", "(b > 0), 1.0, 0.0)"),
          test_downtime.test_a_triangle_is_cut_where_it_crosses),
    Fault("treatments taken in the order given", "unit/protocol/test_plan.py::test_events_stand_in_time_order_after_a_zero_event",
          spoilt(plan, "plan", "sorted(treatments, key=lambda timed: timed.time)", "list(treatments)"),
          test_plan.test_events_stand_in_time_order_after_a_zero_event),
    Fault("a number outside its own spread", f"{NUMBERS}::test_its_spread_encloses_it_and_keeps_its_sign",
          nowhere, lambda: test_parameters.test_its_spread_encloses_it_and_keeps_its_sign(Careless(), "rate")),
    Fault("a number nobody stands behind", f"{NUMBERS}::test_it_has_unit_grade_and_a_trace",
          nowhere, lambda: test_parameters.test_it_has_unit_grade_and_a_trace(Careless(), "share")),
    Fault("an import up the levels", "shape/test_imports.py::test_imports_go_down",
          put(test_imports, "imports", lambda name: [("microneedling.faces.cli", True, False)]),
          lambda: test_imports.test_imports_go_down("core.units")),
]
# fmt: on
