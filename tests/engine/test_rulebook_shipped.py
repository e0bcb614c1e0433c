"""The rulebook the product starts with: complete, consistent, readable by the people it speaks to."""

import json
import re
from dataclasses import replace

import pytest

from rolematcher.engine.decision.worked_cases import (
    contradictions,
    example_verdict,
    examples_failed,
    rulebook_faults,
)
from rolematcher.engine.rulebook.questions import FREE, WORKED_OUT
from rolematcher.engine.rulebook.read import rulebook_read

DECIDING = ["work", "evidence", "team", "data", "wish", "app", "platform", "stage"]
COURSES = {"hire", "hire_then_review", "hire_pair", "own_team", "buy", "collect_data_first", "ask_first"}


def test_it_has_no_faults(rulebook):
    assert rulebook_faults(rulebook) == ()
    assert contradictions(rulebook) == ()


def test_the_first_eight_questions_decide(rulebook):
    assert [question.id for question in rulebook.questions[:8]] == DECIDING
    assert [question.id for question in rulebook.questions if question.deciding] == DECIDING


def test_only_the_deciding_questions_move_role_and_course(rulebook):
    """Quick mode asks eight questions; no other answer may change the role or the course."""
    tables = {table.id for table in rulebook.tables}
    for table in ("need", "role", "course"):
        read = {
            condition.fact.split(".")[0] for rule in rulebook.table(table).rules for condition in rule.when
        }
        assert read - tables <= set(DECIDING)


def test_every_question_has_its_words(rulebook):
    for question in rulebook.questions:
        assert question.ask and question.short
        if not question.worked_out and question.id not in ("client", "project"):
            assert "?" in question.message, question.id


def test_every_free_and_worked_out_question_is_there(rulebook):
    assert {question.id for question in rulebook.questions if question.free} == set(FREE)
    assert {question.id for question in rulebook.questions if question.worked_out} == set(WORKED_OUT)


def test_every_technical_question_can_be_answered_not_sure(rulebook):
    for question in rulebook.questions:
        if question.deciding or question.id in ("sensitivity", "harm", "lead"):
            assert question.choices[-1].id == "unsure"
            assert question.choices[-1].words == "Not sure"


def test_roles_and_courses_are_the_known_ones(rulebook):
    roles = {choice.id: choice.words for choice in rulebook.table("role").choices}
    assert roles == {
        "ai_engineer": "AI engineer",
        "ml_engineer": "ML engineer",
        "automation_specialist": "Automation specialist",
    }
    assert {choice.id for choice in rulebook.table("course").choices} == COURSES


def test_every_result_is_given_by_a_row(rulebook):
    for table in rulebook.tables:
        assert {rule.result for rule in table.rules} == {choice.id for choice in table.choices}, table.id


def test_every_source_is_cited(rulebook):
    cited = {key for table in rulebook.tables for rule in table.rules for key in (rule.source, *rule.against)}
    assert {source.key for source in rulebook.sources} == cited - {""}


def test_sentences_are_sentences_and_show_no_ids(rulebook):
    ids = {rule.id for table in rulebook.tables for rule in table.rules if "-" in rule.id}
    for table in rulebook.tables:
        for rule in table.rules:
            for sentence in (rule.because, rule.do, rule.against_why):
                assert not sentence or re.fullmatch(r"[A-Z].*[.?]", sentence), (rule.id, sentence)
                assert "_" not in sentence and not ids & set(sentence.split()), rule.id


def test_an_unclear_need_always_asks_something(rulebook):
    for rule in rulebook.table("need").rules:
        assert bool(rule.ask) == (rule.result == "unclear"), rule.id


def test_conflicting_sources_are_kept_with_the_reason(rulebook):
    against = {key for table in rulebook.tables for rule in table.rules for key in rule.against}
    assert against == {
        "recruiting-from-scratch-2026",
        "simplilearn-2026",
        "ad-snipper-2026",
        "wealthy-tent-2026",
    }


def test_money_moves_no_first_result(rulebook):
    for table in rulebook.tables:
        if table.take == "first":
            for rule in table.rules:
                assert not {"budget_cover", "figure", "search_time", "budget"} & {c.fact for c in rule.when}


def test_skills_shared_by_all_roles_belong_to_none(rulebook):
    listed = {word.casefold() for words in rulebook.skills.values() for word in words}
    assert not listed & {"python", "sql", "git", "aws", "azure", "google cloud", "docker", "api"}


@pytest.mark.parametrize(
    ("expect", "sentence"),
    [
        (
            {"role": "ml_engineer"},
            "role is 'automation_specialist' by 'connecting-tools', expected 'ml_engineer'.",
        ),
        ({"risk": ["no_lead"]}, "risk does not say 'no_lead'"),
        ({"provisional": True}, "provisional is false"),
        ({"asks": "work"}, "it asks nothing, expected 'work'."),
        ({"says": "work-without-a-lead"}, "the rule 'work-without-a-lead' does not speak."),
        ({"silent": ["one-person"]}, "the rule 'one-person' speaks."),
    ],
)
def test_an_example_that_comes_out_otherwise_is_named(rulebook, expect, sentence):
    example = next(example for example in rulebook.examples if example.name == "Form to CRM to Slack")
    broken = replace(rulebook, examples=(replace(example, expect=expect),))
    (found,) = examples_failed(broken)
    assert found.startswith("Example 'Form to CRM to Slack': ")
    assert sentence in found


def test_an_example_with_a_wrong_answer_is_named(rulebook):
    example = replace(rulebook.examples[0], answers={"work": "conect", "place": "XX"})
    (found,) = examples_failed(replace(rulebook, examples=(example,)))
    assert "did you mean 'connect'" in found and "'XX' is not a place" in found


def test_examples_that_contradict_each_other_are_named(rulebook):
    one = rulebook.examples[0]
    other = replace(one, name="Otherwise", expect={"role": "ml_engineer"})
    (found,) = contradictions(replace(rulebook, examples=(one, other)))
    assert found.endswith("give the same answers but expect another role; correct or delete one.")


def test_every_row_is_seen_in_an_example(rulebook):
    spoke = {
        row.rule.id
        for example in rulebook.examples
        for table in example_verdict(rulebook, example).trace
        for row in table.applied
    }
    assert {rule.id for table in rulebook.tables for rule in table.rules} == spoke


def test_a_rulebook_without_a_table_the_brief_needs_is_at_fault(rulebook):
    tables = tuple(table for table in rulebook.tables if table.id != "risk")
    faults = rulebook_faults(replace(rulebook, tables=tables, examples=()))
    assert faults == ("Table 'risk': is missing, and the brief needs it; add [output.risk] and its rules.",)


def test_a_risk_without_advice_what_to_do_is_at_fault(rulebook_text):
    start = rulebook_text.index('do = "Name a person or a provider')
    text = rulebook_text[:start] + rulebook_text[rulebook_text.index("\n", start) :]
    assert any(
        fault.startswith("Rule 'daily-use-without-a-keeper': says nothing to do")
        for fault in rulebook_faults(rulebook_read(text))
    )


def test_the_words_of_the_rulebook_fit_json(rulebook):
    assert json.dumps([example.answers for example in rulebook.examples])
