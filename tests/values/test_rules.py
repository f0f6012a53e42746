"""Who may do what with values."""

from tests.values import make
from values import rules


def test_each_side_writes_in_its_own_envelope_only(bram, dora, anna, nico):
    view = make.view(bram)
    assert rules.may_change_view(dora, view)
    assert not rules.may_change_view(anna, view)
    assert not rules.may_change_view(nico, view)


def test_a_yes_is_given_by_a_side(bram, anna, nico):
    value = make.value(bram, anna)
    assert rules.may_agree(bram, value)
    assert rules.may_join(anna, value)
    assert not rules.may_agree(nico, value)
    assert not rules.may_join(nico, value)


def test_both_sides_write_the_joint_words_and_nico_reads_them(bram, anna, nico):
    value = make.value(bram, anna)
    assert rules.may_write(bram, value)
    assert rules.may_write(anna, value)
    assert not rules.may_write(nico, value)


def test_the_list_of_others_comes_after_own_input(bram, nico):
    assert rules.may_see_suggestions(bram, own_input=True)
    assert not rules.may_see_suggestions(bram, own_input=False)
    assert not rules.may_see_suggestions(nico, own_input=True)
