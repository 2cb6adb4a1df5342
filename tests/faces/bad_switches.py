"""Slips in the table [switches], written as in bad_keys.py."""

KIND = 'kind = "sham"'
ALLOWED = "allowed a number from 0 (the path is off) to 1 (on)"

BAD_SWITCH = {
    "more than on": (
        "[site]",
        "[switches]\nflow_clears_debris = 2\n[site]",
        f"switches.flow_clears_debris: found 2, {ALLOWED}",
    ),
    "a word for a switch": (
        "[site]",
        '[switches]\noxygen_limits_synthesis = "off"\n[site]',
        f'switches.oxygen_limits_synthesis: found "off", {ALLOWED}',
    ),
    "true for a switch": (
        "[site]",
        "[switches]\nflow_drives_lymph = true\n[site]",
        f"switches.flow_drives_lymph: found true, {ALLOWED}",
    ),
    "a path nobody knows": (
        "[site]",
        "[switches]\nflow_clears_debri = 1\n[site]",
        "switches.flow_clears_debri: found an unknown key, allowed flow_clears_debris (nearest)",
    ),
    "an arm's switch below zero": (
        KIND,
        f"{KIND}\n[arm.switches]\ninflammation_changes_closure = -0.1",
        f"arm[0].switches.inflammation_changes_closure: found -0.1, {ALLOWED}",
    ),
    "the same without a difference": (
        KIND,
        'kind = "same"',
        'arm[0].kind: found "same" with the protocol\'s own switches, allowed a table [arm.switches] that differs, '
        "with flow_clears_debris",
    ),
    "the same set alike": (
        "[site]",
        '[switches]\nflow_drives_lymph = 1\n[[arm]]\nname = "b"\nkind = "same"\nswitches = { flow_drives_lymph = 1 }'
        "\n[site]",
        'arm[0].kind: found "same" with the protocol\'s own switches',
    ),
}
