"""Stored bytes know whether they are what was written, and a build makes again what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.builder.cache import checksum


@given(st.binary(max_size=200))
def test_what_is_stored_comes_back(content):
    assert checksum.without_checksum(checksum.with_checksum(content)) == content


@given(st.binary(max_size=50), st.integers(min_value=0))
def test_any_single_bit_is_noticed(content, at):
    stored = bytearray(checksum.with_checksum(content))
    at %= 8 * len(stored)
    stored[at // 8] ^= 1 << at % 8
    with pytest.raises(checksum.DamagedError, match="do not match their checksum"):
        checksum.without_checksum(bytes(stored))


@pytest.mark.parametrize("stored", [b"", b"short", checksum.with_checksum(b"whole")[:-1]])
def test_what_is_cut_off_is_noticed(stored):
    with pytest.raises(checksum.DamagedError):
        checksum.without_checksum(stored)


def test_the_damaged_go_and_are_named_and_the_unfinished_go(tmp_path):
    for name in ("a/good", "a/bad", "empty", "b/half.77.next"):
        checksum.write(tmp_path / name, name.encode())
    (tmp_path / "a" / "bad").write_bytes(b"x" + (tmp_path / "a" / "bad").read_bytes()[1:])
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "b" / "half.77.next").write_bytes(b"half")
    assert checksum.remove_damaged(tmp_path) == ["a/bad"]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["good"]
    assert checksum.read(tmp_path / "a" / "good") == b"a/good"
    assert checksum.remove_damaged(tmp_path / "not there") == []
