"""No one-word change of a rulebook slips through: it is caught, or it provably changes no answer."""

import tomllib
from pathlib import Path

import pytest

from rolematcher.engine.proof.golden import golden_texts
from rolematcher.engine.proof.mutate import (
    COLUMNS,
    NO_ANSWER,
    PACKAGED,
    SLIPPED,
    judge,
    judge_all,
    main,
    table,
)
from rolematcher.engine.proof.mutations import mutations
from rolematcher.engine.rulebook.read import rulebook_read
from rolematcher.engine.rulebook.toml_text import toml_text

SMALL = (Path(__file__).parent / "small_rulebook.toml").read_text(encoding="utf-8")


def test_no_change_of_a_small_rulebook_slips_through():
    judged = list(judge_all(SMALL))
    assert len(judged) > 40
    assert [one for one in judged if one.by == (SLIPPED,)] == []
    caught = {reason for one in judged for reason in one.by}
    assert caught == set(COLUMNS) - {SLIPPED}


def test_no_sampled_change_of_the_shipped_rulebook_slips_through(rulebook_text: str):
    judged = list(judge_all(rulebook_text, every=263))
    assert len(judged) > 15
    assert [one for one in judged if one.by == (SLIPPED,)] == []


@pytest.mark.slow
def test_no_change_of_the_shipped_rulebook_slips_through(rulebook_text: str):
    assert [one for one in judge_all(rulebook_text) if one.by == (SLIPPED,)] == []


def test_a_change_that_nothing_catches_is_called_slipped_through(rulebook_text: str):
    """Take the golden texts of the changed rulebook for right: what only they caught must show as slipped."""
    text = rulebook_text[: rulebook_text.index("[[example]]")]
    old = rulebook_read(text)
    golden = golden_texts(old)
    results = (one for one in mutations(tomllib.loads(text), old) if one.kind == "change the result")
    only_golden = next(one for one in results if judge(old, golden, one) == ("golden",))
    blind = golden_texts(rulebook_read(toml_text(only_golden.document)))
    assert judge(old, blind, only_golden) == (SLIPPED,)


def test_a_change_of_a_source_is_known_to_change_no_answer(rulebook_text: str):
    judged = [one for one in judge_all(SMALL) if one.kind == "change the source"]
    assert judged
    assert {one.by for one in judged} == {(NO_ANSWER,)}


def test_every_change_is_one_of_its_own(rulebook, rulebook_text: str):
    document = tomllib.loads(rulebook_text)
    places = [(one.kind, one.place) for one in mutations(document, rulebook)]
    assert len(places) == len(set(places)) > 3_000
    assert document == tomllib.loads(rulebook_text)


def test_a_rulebook_written_out_reads_back_the_same(rulebook_text: str):
    document = tomllib.loads(rulebook_text)
    assert tomllib.loads(toml_text(document)) == document


def test_text_with_quotes_and_line_ends_is_written_so_that_it_reads_back():
    document = {
        "title": 'a "b"\n\\c\ttab \x7f é',
        "rule": [{"when": {}, "n": 3, "on": True, "odd key": ["x"]}],
    }
    assert tomllib.loads(toml_text(document)) == document


def test_the_table_counts_every_change_once():
    judged = list(judge_all(SMALL))
    last = table(judged).splitlines()[-1].split()
    assert last[0] == "together"
    assert int(last[1].replace(",", "")) == len(judged)


def test_the_command_prints_the_table_and_what_changes_no_answer(tmp_path: Path, capsys):
    text = tmp_path / "small.toml"
    text.write_text(SMALL, encoding="utf-8")
    assert PACKAGED.is_file()
    assert main([str(text)]) == 0
    said = capsys.readouterr().out
    assert "one-word change" in said
    assert "  change the source: weak-figure: house-2026" in said
