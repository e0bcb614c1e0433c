"""The rulebook the product starts with: complete, proved, and every rule missed by an example without it."""

from rolematcher.rules import rulebook_errors

OLD_NAMES = (
    "course =", "keeper", "musts", "own_team", "collect_data_first", "basis", "try-out", "dearer",
)  # fmt: skip


def test_nothing_is_wrong_with_it(rulebook):
    assert rulebook_errors(rulebook) == ()


def test_it_speaks_of_each_thing_by_one_name(rulebook_text):
    assert [name for name in OLD_NAMES if name in rulebook_text] == []


def test_every_source_is_used(rulebook):
    rules = [rule for table in rulebook.tables for rule in table.rules]
    used = {rule.source for rule in rules} | {key for rule in rules for key in rule.against}
    assert {source.key for source in rulebook.sources} == used - {""}


def test_every_question_to_ask_reads_as_a_message(rulebook):
    for question in rulebook.questions:
        if not question.worked_out and question.id not in ("client", "project", "trade"):
            assert question.message.endswith(("?", ".")), question.id


def test_the_deciding_questions_are_those_that_settle_the_role(rulebook):
    deciding = [question.id for question in rulebook.questions if question.deciding]
    assert deciding == ["work", "evidence", "team", "data", "wish", "app", "platform", "stage"]
