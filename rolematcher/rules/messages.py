"""Every message id of this room with the names of its values, so that a test can ask for words for each.

`rules.text.*` stand in a `RulebookError` of a text that cannot be read, `rules.check.*` come from
`rulebook_errors`, `rules.compare.*` from comparing editions, `answers.*` from `answers_read`. In a message of
`rules.text` `place` is the kind of section (rulebook, source, question, table, rule, example, skills), `name`
which one, `key` the line in it. `near` is the nearest right name or "", `options` at most twelve names.
"""

from __future__ import annotations

_PLACE = ("place", "name", "key")
_CHOICE = ("typed", "near", "options")

TEXT: dict[str, tuple[str, ...]] = {
    "rules.text.not_text": ("typed",),
    "rules.text.too_large": ("over",),
    "rules.text.not_toml": ("why",),
    "rules.text.too_deep": (),
    "rules.text.long_number": (),
    "rules.text.invisible_in_line": ("line", "code"),
    "rules.text.too_many_dots": ("line",),
    "rules.text.section_missing": _PLACE,
    "rules.text.not_a_table": (*_PLACE, "typed"),
    "rules.text.not_a_list": _PLACE,
    "rules.text.not_a_text": (*_PLACE, "typed"),
    "rules.text.not_a_flag": (*_PLACE, "typed"),
    "rules.text.key_unknown": (*_PLACE, *_CHOICE),
    "rules.text.key_missing": _PLACE,
    "rules.text.choice_unknown": (*_PLACE, *_CHOICE),
    "rules.text.empty": _PLACE,
    "rules.text.too_long": (*_PLACE, "over"),
    "rules.text.invisible": (*_PLACE, "code"),
    "rules.text.list_empty": _PLACE,
    "rules.text.twice": (*_PLACE, "typed"),
    "rules.text.how_many": (*_PLACE, "count", "most"),
    "rules.text.bad_name": (*_PLACE, "typed", "example"),
    "rules.text.name_taken": (*_PLACE, "typed"),
    "rules.text.question_kinds": _PLACE,
    "rules.text.free_with_choices": _PLACE,
    "rules.text.worked_out_choices": (*_PLACE, "options"),
    "rules.text.nothing_to_tick": _PLACE,
    "rules.text.no_unsure_choice": _PLACE,
    "rules.text.no_rules": _PLACE,
    "rules.text.table_without_rule": _PLACE,
    "rules.text.then_one": _PLACE,
    "rules.text.source_both": (*_PLACE, "typed"),
    "rules.text.against_half": _PLACE,
    "rules.text.money_fact_early": (*_PLACE, "typed"),
    "rules.text.reads_itself": (*_PLACE, "typed"),
    "rules.text.reads_later": (*_PLACE, "typed", "table"),
    "rules.text.reads_all": (*_PLACE, "typed"),
    "rules.text.reads_ticks": (*_PLACE, "typed", "options"),
    "rules.text.reads_free": (*_PLACE, "typed"),
    "rules.text.skill_of_two_roles": (*_PLACE, "typed"),
}
CHECK: dict[str, tuple[str, ...]] = {
    "rules.check.too_many_sheets": ("sheets", "most"),
    "rules.check.too_many_outcomes": ("outcomes", "most"),
    "rules.check.table_missing": ("table",),
    "rules.check.table_take": ("table", "take"),
    "rules.check.result_unknown": ("table", "result", "options"),
    "rules.check.ask_missing": ("rule",),
    "rules.check.do_missing": ("rule",),
    "rules.check.question_kind": ("question",),
    "rules.check.gap": ("table", "facts"),
    "rules.check.dead_rule": ("rule", "covered_by"),
    "rules.check.never_holds": ("rule",),
    "rules.check.unnoticed": ("rule",),
    "rules.check.example_answers": ("example", "field", "error"),
    "rules.check.example_result": ("example", "table", "found", "expected"),
    "rules.check.example_provisional": ("example",),
    "rules.check.example_asks": ("example", "found", "expected"),
    "rules.check.example_silent": ("example", "rule"),
    "rules.check.example_speaks": ("example", "rule"),
    "rules.check.contradiction": ("example", "other", "table"),
}
ANSWERS: dict[str, tuple[str, ...]] = {
    "answers.not_an_object": ("typed",),
    "answers.key_unknown": _CHOICE,
    "answers.key_renamed": ("typed", "now"),
    "answers.key_worked_out": ("typed",),
    "answers.choice_unknown": _CHOICE,
    "answers.stands_alone": ("typed",),
    "answers.not_a_list": ("typed", "most"),
    "answers.not_text": ("typed",),
    "answers.too_many": ("over",),
    "answers.budget_zero": (),
    "answers.budget_turned": ("low", "high"),
    "answers.currency_missing": ("sign",),
    "answers.currency_unknown": ("typed",),
    "answers.currencies_differ": ("typed", "written"),
    "answers.unit_missing": (),
    "answers.units_differ": ("typed", "written"),
}
COMPARE: dict[str, tuple[str, ...]] = {
    "rules.compare.question_gone": ("name",),
    "rules.compare.question_new": ("name",),
    "rules.compare.choice_gone": ("name", "value"),
    "rules.compare.choice_new": ("name", "value"),
    "rules.compare.default": ("name", "value"),
    "rules.compare.table_gone": ("name",),
    "rules.compare.table_new": ("name",),
    "rules.compare.result_gone": ("name", "value"),
    "rules.compare.result_new": ("name", "value"),
    "rules.compare.take": ("name", "value"),
    "rules.compare.skills": (),
}
MESSAGES: dict[str, tuple[str, ...]] = TEXT | CHECK | COMPARE | ANSWERS
