"""What is known of each key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amili_async.bulk.digests import RECORD_BYTES, Digester, records_in
from amili_async.bulk.register import Known, Register, Standing

DIGESTER = Digester(b"salt")
keys = st.text(max_size=2)
bodies = st.binary(max_size=1)


@given(
    st.lists(st.tuples(keys, bodies, st.sampled_from(Standing))),
    st.lists(st.tuples(keys, bodies)),
)
def test_it_judges_like_plain_dicts(noted: list[tuple[str, bytes, Standing]], met: list[tuple[str, bytes]]) -> None:
    """Whatever the journal says and the source holds, the compact table answers as dicts of it would."""
    register = Register()
    standings: dict[str, tuple[bytes, Standing]] = {}
    seen: dict[str, bytes] = {}
    for key, body, standing in noted:
        register.note(DIGESTER.record(key, body), standing)
        standings[key] = (body, standing)
    for key, body in met:
        record = DIGESTER.record(key, body)
        before, standing = standings.get(key, (b"", Standing.FREE))
        recalled = key not in seen and before == body and standing is not Standing.FREE
        assert register.recalls(record) == recalled
        if key in seen:
            expected = Known.SAME if seen[key] == body else Known.CHANGED
        elif standing is Standing.FREE or (standing is Standing.REJECTED and before != body):
            expected = Known.NEW
        elif before != body:
            expected = Known.CHANGED_SINCE
        else:
            expected = Known[standing.name]
        if expected is not Known.CHANGED_SINCE:
            seen.setdefault(key, body)
        assert register.meet(record) is expected


@given(st.lists(st.tuples(keys, bodies)))
def test_digests_lie_side_by_side(records: list[tuple[str, bytes]]) -> None:
    """Joined and taken apart they are what they were."""
    digests = [DIGESTER.record(*record) for record in records]
    assert list(records_in(b"".join(digests))) == digests
    assert {len(digest) for digest in digests} <= {RECORD_BYTES}


def test_many_keys_are_held_apart() -> None:
    """Also rows of the table that many keys share confuse none of them."""
    register = Register()
    records = [DIGESTER.record(str(number), b"body") for number in range(100_000)]
    assert all(register.meet(record) is Known.NEW for record in records)
    assert all(register.meet(record) is Known.SAME for record in records[::97])
