"""Who may do what with the report."""

from dialoog.report import rules
from tests.report import make


def test_both_sides_write_and_sign_and_nico_reads_along(bram, anna, nico):
    report = make.report(bram)
    for rule in (
        rules.may_start,
        rules.may_write,
        rules.may_sign,
        rules.may_take_back,
        rules.may_dissent,
        rules.may_speak,
    ):
        assert rule(bram, report) and rule(anna, report)
        assert not rule(nico, report)
    assert rules.may_read(nico, report)


def test_a_dissent_is_changed_by_its_own_side_only(bram, dora, anna, nico):
    dissent = make.dissent(bram, make.report(bram))
    assert rules.may_change_dissent(dora, dissent)
    assert not rules.may_change_dissent(anna, dissent)
    assert not rules.may_change_dissent(nico, dissent)
