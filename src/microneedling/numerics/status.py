"""How a run ended, in words a person can act on."""

from __future__ import annotations

FINE, TOO_MANY_STEPS, STEP_TOO_SMALL, NOT_FINITE, NOT_SOLVED = 0, 1, 2, 3, 4

SENTENCES = {
    FINE: "finished",
    TOO_MANY_STEPS: "the step limit was reached: the model moves faster than the solver may follow; "
    "look for a parameter far outside its range",
    STEP_TOO_SMALL: "the step size shrank to nothing: a rate is discontinuous or a parameter is far outside its range",
    NOT_FINITE: "a value became infinite or not a number: a parameter or a dose is outside what the laws allow",
    NOT_SOLVED: "the equations of a step could not be solved accurately, however short the step: some rates lie too "
    "many powers of ten apart or feed themselves without limit; look for a parameter far outside its range",
}


def sentence(code: int) -> str:
    """The sentence for a status code."""
    return SENTENCES[int(code)]
