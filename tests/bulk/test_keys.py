"""What makes two records the same one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amili_async.bulk.keys import Occurrences, Repeat, SeenKeys, find_aligned


@given(st.lists(st.tuples(st.text(max_size=3), st.binary(max_size=2))))
def test_seen_keys_judge_like_a_dict(pairs: list[tuple[str, bytes]]) -> None:
    """The compact table answers as a plain dict of first bodies would."""
    seen, plain = SeenKeys(), dict[str, bytes]()
    for key, body in pairs:
        expected = Repeat.NEW if key not in plain else Repeat.SAME if plain[key] == body else Repeat.CHANGED
        plain.setdefault(key, body)
        assert seen.add(key, body) is expected


def test_seen_keys_hold_many_keys_apart() -> None:
    """Also rows of the table that many keys share confuse none of them."""
    seen = SeenKeys()
    assert all(seen.add(str(number), b"body") is Repeat.NEW for number in range(100_000))
    assert all(seen.add(str(number), b"body") is Repeat.SAME for number in range(0, 100_000, 97))


@given(st.lists(st.text("ab", min_size=3, max_size=3)), st.text("ab", min_size=2, max_size=2))
def test_digests_are_found_at_their_own_place_only(items: list[str], wanted: str) -> None:
    """Bytes that look like a digest across two others are none."""
    expected = next((3 * at for at, item in enumerate(items) if item.startswith(wanted)), -1)
    assert find_aligned("".join(items).encode(), wanted.encode(), 3) == expected


@given(st.lists(st.sampled_from([b"a", b"b", b"c"])))
def test_equal_bodies_have_different_keys(bodies: list[bytes]) -> None:
    """Equal records get different keys, and the same ones when they come again in another run, in any order."""
    first, again = Occurrences(), Occurrences()
    keys = [first.key(body) for body in bodies]
    assert len(set(keys)) == len(keys)
    assert {again.key(body) for body in reversed(bodies)} == set(keys)
