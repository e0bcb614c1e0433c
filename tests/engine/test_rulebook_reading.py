"""Every mistake in a rulebook is one error that names the place and the cure."""

from pathlib import Path

import pytest

from rolematcher.engine.errors import RulebookError
from rolematcher.engine.rulebook.read import rulebook_read

SMALL = (Path(__file__).parent / "small_rulebook.toml").read_text(encoding="utf-8")


def refusal(text: object) -> str:
    with pytest.raises(RulebookError) as caught:
        rulebook_read(text)  # type: ignore[arg-type]
    return str(caught.value)


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) >= 1
    return SMALL.replace(old, new, 1)


def test_a_good_text_is_read_in_its_order():
    rulebook = rulebook_read(SMALL)
    assert [table.id for table in rulebook.tables] == ["need", "role", "risk"]
    assert [rule.id for rule in rulebook.table("role").rules] == ["trains", "otherwise-automation"]
    assert [fact.id for fact in rulebook.facts] == ["work", "team.ml", "figure"]
    assert rulebook.fact("team.ml").values == ("yes", "no", "unsure")
    assert rulebook.table("role").rules[0].when[1].allowed == ("no", "unsure")


def test_windows_line_ends_and_a_byte_order_mark_are_taken():
    assert rulebook_read("\ufeff" + SMALL.replace("\n", "\r\n")).title == "Small"


MISTAKES = [
    (
        'expect = { role = "automation_specialist" }',
        'expect = { says = "conects" }',
        "Example 'Connecting', expect: says cannot be 'conects'; did you mean 'connects'?",
    ),
    ("[output.risk]", "[output.says]", "Table 'says': examples use the name 'says' for something else"),
    (
        'role = "ml_engineer"',
        'role = "mlenginer"',
        "Rule 'trains': role cannot be 'mlenginer'; did you mean 'ml_engineer'?",
    ),
    (
        'work = "connect" }\nthen',
        'work = "conect" }\nthen',
        "Rule 'connects': work cannot be 'conect'; did you mean 'connect'?",
    ),
    ("when = { work", "when = { wrok", "Rule 'connects': there is no fact 'wrok'; did you mean 'work'?"),
    ("team.ml = [", "team.mll = [", "Rule 'trains': there is no fact 'team.mll'; did you mean 'team.ml'?"),
    ("team.ml = [", "team = [", "several answers to 'team' can be ticked; read one of them: team.ml"),
    (
        'then = { need = "connect" }',
        'then = { ned = "connect" }',
        "Rule 'connects': there is no table 'ned'; did you mean 'need'?",
    ),
    (
        'then = { need = "connect" }',
        'then = { need = "connect", role = "ml_engineer" }',
        "Rule 'connects': 'then' must give one table one result",
    ),
    (
        'when = { work = "connect" }',
        'when = { role = "ml_engineer" }',
        "'need' reads 'role', which is worked out later; move [output.role] above [output.need]",
    ),
    (
        'when = { need = "custom"',
        'when = { role = "ml_engineer"',
        "Rule 'trains': the table 'role' cannot read its own result",
    ),
    (
        'when = { need = "custom"',
        'when = { figure = "weak"',
        "Rule 'trains': figure is known only after the role",
    ),
    (
        'id = "trains"',
        'id = "connects"',
        "Rule 3: the id 'connects' is already used by rule 1; give each rule its own",
    ),
    ('id = "trains"', 'id = "Trains it"', "Rule 3: 'Trains it' cannot be a name"),
    ('because = "It connects tools."\n', "", "Rule 'connects': 'because' is missing; add because = \"...\""),
    ('because = "It connects tools."', 'because = " "', "Rule 'connects': 'because' is empty"),
    (
        'source = "house-2026"',
        'source = "hose-2026"',
        "Rule 'connects': there is no source 'hose-2026'; did you mean 'house-2026'?",
    ),
    ('["no", "unsure"]', "[]", "Rule 'trains': 'team.ml' has an empty list, which nothing can ever match"),
    ('["no", "unsure"]', '["no", "no"]', "Rule 'trains': 'team.ml' names 'no' twice"),
    ('["no", "unsure"]', "true", "Rule 'trains': 'team.ml' must be a text in quotes, not true"),
    ('when = { work = "connect" }\n', "", "Rule 'connects': 'when' is missing"),
    ('when = { work = "connect" }', 'when = "always"', "Rule 'connects': 'when' must be a table"),
    ('team.ml = ["no", "unsure"]', "team = {}", "Rule 'trains': 'when' says nothing about 'team'"),
    ('do = "Ask."', 'todo = "Ask."', "Rule 'weak-figure': does not know the key 'todo'; did you mean 'do'?"),
    ('do = "Ask."', 'ask = "figure"', "Rule 'weak-figure': 'ask' names no question: 'figure'"),
    ('do = "Ask."', 'against = "house-2026"', "'against' and 'against_why' go together"),
    ('take = "all"', 'take = "any"', "Table 'risk': take cannot be 'any'"),
    ("[output.risk]", "[output.work]", "Table 'work': a question has the same name"),
    ("[output.risk]", "[output.Risk]", "Table 'Risk': 'Risk' cannot be a name"),
    ("[question.work]", "[question.1work]", "Question '1work': '1work' cannot be a name"),
    (
        "[question.figure]",
        "[question.figures]",
        "Question 'figures': is not something that is worked out; did you mean 'figure'?",
    ),
    (
        'weak = "Weak", none',
        'wek = "Weak", none',
        "Question 'figure': must have exactly the choices firm, weak, none, unsure",
    ),
    (
        'predict = "Predict", unsure = "Not sure"',
        'predict = "Predict"',
        "Question 'work': has no choice 'unsure'",
    ),
    ('ask = "What should it do?"', "ask = 3", "Question 'work': 'ask' must be a text in quotes, not 3"),
    (
        'ask = "What should it do?"',
        'ask = "x\\u0000y"',
        "Question 'work': 'ask' holds the invisible character U+0000",
    ),
    ('ask = "What should it do?"', 'ask = "x\\u202ey"', "invisible character U+202E"),
    (
        "many = true",
        "many = true\nfree = true",
        "Question 'team': is more than one of many, worked_out and free",
    ),
    ("many = true", 'many = "yes"', "Question 'team': 'many' must be true or false, not 'yes'"),
    ('publisher = "A publisher"\n', "", "Source 'house-2026': 'publisher' is missing"),
    (
        "answers = { work",
        "answers = { wok",
        "Example 'Connecting', answers: there is no question 'wok'; did you mean 'work'?",
    ),
    (
        'expect = { role = "automation_specialist" }',
        'expect = { role = "automat" }',
        "Example 'Connecting', expect: role cannot be 'automat'",
    ),
    ('expect = { role = "automation_specialist" }\n', "", "Example 'Connecting': 'expect' is missing"),
    (
        'title = "Small"\n',
        'titel = "Small"\n',
        "Rulebook: does not know the key 'titel'; did you mean 'title'?",
    ),
    ('title = "Small"', 'title = "Small', "Rulebook: this is not TOML: "),
    ('title = "Small"', "title = [", "Rulebook: this is not TOML: "),
    ('title = "Small"', "title = 2020-01-01", "Rulebook: 'title' must be a text in quotes"),
    ('title = "Small"', "title = " + "9" * 5000, "Rulebook: a number has too many digits"),
    ('title = "Small"', 'title = "Small"\nrule = 3', "Rulebook: this is not TOML: "),
    (
        'title = "Small"',
        'title = "' + "x" * 201 + '"',
        "Rulebook: 'title' has 201 characters; 200 are allowed",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES)
def test_a_mistake_is_named_with_its_place_and_cure(old, new, message):
    assert message in refusal(changed(old, new))


def test_a_syntax_error_names_its_line():
    assert "at line 3," in refusal(changed("[source.house-2026]", "[source.house-2026"))


def test_an_invisible_character_names_its_line():
    assert refusal(changed("[source.house", "\x07[source.house")).startswith(
        "Rulebook, line 3: invisible character U+0007"
    )


def test_a_table_without_rules_is_refused():
    start = SMALL.index('[[rule]]\nid = "weak-figure"')
    end = SMALL.index("[[example]]")
    assert refusal(SMALL[:start] + SMALL[end:]) == "Table 'risk': has no rule; add one or delete the table."


def test_a_rulebook_without_rules_is_refused():
    assert refusal(SMALL[: SMALL.index("[[rule]]")]).startswith(
        "Rulebook: has no rules; write each as [[rule]]"
    )


def test_two_tables_reading_each_other_are_refused():
    text = changed('when = { work = "connect" }', 'when = { role = "ml_engineer" }')
    assert "unless they read each other" in refusal(text)


def test_a_skill_of_two_roles_is_refused():
    text = SMALL + '\n[skills]\nml_engineer = ["PyTorch"]\nautomation_specialist = ["pytorch"]\n'
    assert refusal(text) == "[skills]: 'pytorch' is listed for two roles; leave shared skills out of both."


def test_skills_of_an_unknown_role_are_refused():
    assert "'ml_enginer' is not a result of the table 'role'" in refusal(
        SMALL + '[skills]\nml_enginer = ["x"]'
    )


@pytest.mark.parametrize("value", [None, 3, b"title = 1", ["x"], {"a": 1}])
def test_what_is_not_a_text_is_refused(value):
    assert refusal(value).startswith("Rulebook: must be a text")


def test_reading_the_same_text_twice_gives_the_same_checksum():
    assert rulebook_read(SMALL).sha256 == rulebook_read(SMALL).sha256 != rulebook_read(SMALL + "\n").sha256
