"""The algebra of registers: merging is commutative, associative and idempotent."""

from hypothesis import given
from hypothesis import strategies as st

from fleet.mdm.pulses import Beat, later
from fleet.mdm.registers import Observed, merge

values = st.one_of(st.sampled_from(["a", "b"]), st.booleans(), st.lists(st.sampled_from("xy"), max_size=2))
registers = st.builds(Observed, st.dictionaries(st.sampled_from("pqr"), values), st.integers(0, 3))


def told(register: Observed) -> object:
    return register.facts, register.at, register.older


@given(registers, registers)
def test_merging_commutes(one: Observed, other: Observed) -> None:
    assert told(merge(one, other)) == told(merge(other, one))


@given(registers, registers, registers)
def test_merging_associates(one: Observed, two: Observed, three: Observed) -> None:
    assert told(merge(merge(one, two), three)) == told(merge(one, merge(two, three)))


@given(registers, registers)
def test_merging_again_changes_nothing(one: Observed, other: Observed) -> None:
    both = merge(one, other)
    assert told(merge(both, other)) == told(both) == told(merge(both, one))


@given(registers, registers)
def test_a_later_observation_wins_field_by_field(one: Observed, other: Observed) -> None:
    both = merge(one, other)
    newer, older = (one, other) if one.at >= other.at else (other, one)
    for name in older.facts.keys() - newer.facts.keys():
        assert both.facts[name] == older.facts[name]
    if newer.at > older.at:
        assert both.facts | newer.facts == both.facts


def test_an_unenrolled_device_is_not_brought_back_by_a_late_check_in() -> None:
    gone = Observed({"enrolment": "unenrolled"}, 20)
    late = Observed({"enrolment": "enrolled", "os_version": "17"}, 10)
    assert merge(gone, late).facts == {"enrolment": "unenrolled", "os_version": "17"}
    back = Observed({"enrolment": "enrolled"}, 30)
    assert merge(merge(gone, late), back).facts["enrolment"] == "enrolled"


timed = st.one_of(st.just((None, None)), st.tuples(st.integers(0, 9), st.integers(0, 3)))
beats = st.builds(
    lambda seen, level, free: Beat(seen, level[0], level[1], None, None, free[0], free[1]),
    st.one_of(st.none(), st.integers(0, 9)),
    timed,
    timed,
)


@given(beats, beats, beats)
def test_heartbeats_merge_in_any_order(one: Beat, two: Beat, three: Beat) -> None:
    assert later(one, two) == later(two, one)
    assert later(later(one, two), three) == later(one, later(two, three))
    assert later(one, one) == one
