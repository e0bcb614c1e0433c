"""What the rules and the small values have to say, in the active language. In: a message. Out: a sentence.

Ids `rules.*` are about a rulebook's text and read by those who edit it; ids `answers.*` and `values.*` are
about what somebody typed into a form, a file or a command.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext_lazy

from rolematcher.rules import AnswersInvalid
from rolematcher.values.message import Message, Value
from rolematcher.web.speech import Sentences, say

SENTENCES: Sentences = {
    "rules.text.too_large": lazy("The text is %(over)s characters too long; leave some rules out."),
    "rules.text.not_toml": lazy("The text does not read as TOML: %(why)s"),
    "rules.text.invisible_in_line": lazy("Line %(line)s holds an invisible character (%(code)s); delete it."),
    "rules.text.too_many_dots": lazy(
        "Line %(line)s has too many dots in a name; a rulebook needs three at most."
    ),
    "rules.text.not_a_table": lazy("%(where)s must be a section with keys, not “%(typed)s”."),
    "rules.text.not_a_list": lazy("%(where)s must be a list: write each entry under [[%(key)s]]."),
    "rules.text.not_a_text": lazy("%(where)s must be a text in quotes, not “%(typed)s”."),
    "rules.text.not_a_flag": lazy("%(where)s must be true or false, not “%(typed)s”."),
    "rules.text.key_unknown": lazy("%(where)s does not know the key “%(typed)s”%(cure)s."),
    "rules.text.key_missing": lazy("%(where)s is missing; add it."),
    "rules.text.choice_unknown": lazy("%(where)s cannot be “%(typed)s”%(cure)s."),
    "rules.text.empty": lazy("%(where)s is empty; write something or leave the key out."),
    "rules.text.too_long": lazy("%(where)s is %(over)s characters too long; shorten it."),
    "rules.text.invisible": lazy("%(where)s holds an invisible character (%(code)s); delete it."),
    "rules.text.list_empty": lazy("%(where)s is an empty list; name at least one entry."),
    "rules.text.how_many": lazy(
        "%(where)s has %(count)s entries; at least one and at most %(most)s are possible."
    ),
    "rules.text.bad_name": lazy("%(where)s: “%(typed)s” is no name here; write it like “%(example)s”."),
    "rules.text.name_taken": lazy("%(where)s: the name “%(typed)s” is taken; choose another."),
    "rules.text.question_kinds": lazy(
        "%(where)s is of two kinds at once; keep one of many, free and worked_out."
    ),
    "rules.text.free_with_choices": lazy("%(where)s is free, so it has no choices; delete one of the two."),
    "rules.text.worked_out_choices": lazy("%(where)s is worked out; its choices must be %(options)s."),
    "rules.text.nothing_to_tick": lazy("%(where)s has nothing to tick; add a choice."),
    "rules.text.no_unsure_choice": lazy("%(where)s needs a choice for not being sure, or a default."),
    "rules.text.table_without_rule": lazy("%(where)s has no rule; add one or delete the table."),
    "rules.text.then_one": lazy("%(where)s: “then” gives one result of one table."),
    "rules.text.against_half": lazy("%(where)s: “against” and “against_why” go together."),
    "rules.text.money_fact_early": lazy(
        "%(where)s reads “%(typed)s”, which is known only after the role; only advice and risks may read it."
    ),
    "rules.text.reads_table": lazy(
        "%(where)s reads the table “%(typed)s”; only an earlier table whose first rule wins has one result."
    ),
    "rules.text.skill_of_two_roles": lazy("%(where)s: “%(typed)s” stands under two roles; keep one."),
    "rules.check.too_many_sheets": lazy(
        "There are %(sheets)s different answer sheets; up to %(most)s can be tried. Let fewer "
        "questions decide."
    ),
    "rules.check.too_many_outcomes": lazy(
        "There are %(outcomes)s different results; up to %(most)s can be told apart."
    ),
    "rules.check.table_missing": lazy("The table “%(table)s” is missing; the brief is made from it."),
    "rules.check.table_take": lazy('The table “%(table)s” must have take = "%(take)s".'),
    "rules.check.result_unknown": lazy(
        "The table “%(table)s” cannot give “%(result)s”; the brief knows %(options)s."
    ),
    "rules.check.ask_missing": lazy("Rule “%(rule)s” leaves the work unclear; name in “ask” what to ask."),
    "rules.check.do_missing": lazy("Rule “%(rule)s” must say in “do” what to do about it."),
    "rules.check.question_kind": lazy(
        "Question “%(question)s” must be asked as the answer sheet holds it: one choice or ticks."
    ),
    "rules.check.gap": lazy("The table “%(table)s” leaves a case out: %(facts)s. Add a rule for it."),
    "rules.check.dead_rule": lazy(
        "Rule “%(rule)s” never decides: %(covered_by)s above cover all its cases. Move it up or delete it."
    ),
    "rules.check.never_holds": lazy("Rule “%(rule)s” can never hold: its conditions exclude each other."),
    "rules.check.unnoticed": lazy(
        "No example would miss rule “%(rule)s”. Add an example that comes out otherwise without it."
    ),
    "rules.check.example_answers": lazy("Example “%(example)s”, %(field)s: %(error)s"),
    "rules.check.example_result": lazy(
        "Example “%(example)s”: “%(table)s” gives %(found)s, expected was %(expected)s."
    ),
    "rules.check.example_provisional": lazy(
        "Example “%(example)s”: whether the result is provisional comes out otherwise."
    ),
    "rules.check.example_asks": lazy("Example “%(example)s” asks for %(found)s, expected was %(expected)s."),
    "rules.check.example_silent": lazy("Example “%(example)s”: rule “%(rule)s” should speak and does not."),
    "rules.check.example_speaks": lazy("Example “%(example)s”: rule “%(rule)s” speaks and should not."),
    "rules.compare.question_gone": lazy("Question “%(name)s” is gone."),
    "rules.compare.question_new": lazy("Question “%(name)s” is new."),
    "rules.compare.choice_gone": lazy("Question “%(name)s” no longer has the choice “%(value)s”."),
    "rules.compare.choice_new": lazy("Question “%(name)s” has the new choice “%(value)s”."),
    "rules.compare.question_changed": lazy(
        "Question “%(name)s” counts as something else while nobody has answered."
    ),
    "rules.compare.table_gone": lazy("Table “%(name)s” is gone."),
    "rules.compare.table_new": lazy("Table “%(name)s” is new."),
    "rules.compare.result_gone": lazy("Table “%(name)s” no longer has the result “%(value)s”."),
    "rules.compare.result_new": lazy("Table “%(name)s” has the new result “%(value)s”."),
    "rules.compare.rule_gone": lazy("Table “%(name)s” no longer has the rule “%(value)s”."),
    "rules.compare.rule_new": lazy("Table “%(name)s” has the new rule “%(value)s”."),
    "rules.compare.rule_changed": lazy(
        "Table “%(name)s”: rule “%(value)s” speaks in other cases or gives another result."
    ),
    "rules.compare.order_changed": lazy("Table “%(name)s” has its rules in another order."),
    "rules.compare.table_changed": lazy("Table “%(name)s” now takes its rules in another way (take)."),
    "rules.compare.skills_changed": lazy("The words that mark a must-have as a role's own changed."),
    "answers.not_an_object": lazy("Answers are a list of questions with answers, not “%(typed)s”."),
    "answers.key_unknown": lazy("“%(typed)s” is no question%(cure)s."),
    "answers.choice_unknown": lazy("“%(typed)s” is not one of the choices%(cure)s."),
    "answers.stands_alone": lazy("“%(typed)s” can't be combined with the others."),
    "answers.not_a_list": lazy("“%(typed)s” is no list; give at most %(most)s entries, each a text."),
    "answers.not_text": lazy("“%(typed)s” is no text; write words."),
    "answers.too_many": ngettext_lazy(
        "There is one entry too many; keep the most important ones.",
        "There are %(over)s entries too many; keep the most important ones.",
        "over",
    ),
    "answers.budget_zero": lazy("The budget is 0; leave it empty where there is none."),
    "answers.budget_turned": lazy(
        "The budget goes from %(low)s down to %(high)s; write the lower amount first."
    ),
    "answers.currency_missing": lazy("Say which currency is meant by “%(sign)s”, such as USD or EUR."),
    "answers.currency_unknown": lazy("“%(typed)s” is no currency we know; use three letters such as EUR."),
    "answers.currencies_differ": lazy(
        "The amount says %(written)s and the field beside it %(typed)s; keep one."
    ),
    "answers.unit_missing": lazy(
        "Say what the amount is for: an hour, a day, a month, a year or the whole project."
    ),
    "answers.units_differ": lazy("The amount says %(written)s and the field beside it %(typed)s; keep one."),
    "values.amount.empty": lazy("Enter an amount, for example 60,000."),
    "values.amount.not_amount": lazy("“%(typed)s” is not an amount. Enter one, for example 60,000."),
    "values.amount.two_ways": lazy(
        "“%(typed)s” can be read in two ways; type 45000 for forty-five thousand, 45.50 for decimals."
    ),
    "values.amount.several": lazy(
        "“%(typed)s” holds more than one amount; type one, or a range such as 50-60k."
    ),
    "values.amount.below_zero": lazy("“%(typed)s” is below zero; type an amount without a minus."),
    "values.amount.other_digits": lazy("“%(typed)s” has digits that cannot be read here; use 0 to 9."),
    "values.amount.too_many_digits": lazy("The amount has more than %(most)s digits; check it."),
    "values.amount.too_long": ngettext_lazy(
        "That is one character too long for an amount; type only the amount.",
        "That is %(over)s characters too long for an amount; type only the amount.",
        "over",
    ),
    "values.amount.turned": lazy(
        "The range goes from %(low)s down to %(high)s; type the lower amount first."
    ),
    "values.amount.two_currencies": lazy("“%(typed)s” names two currencies; keep one."),
    "values.number.whole": lazy("“%(typed)s” is not a whole number from %(least)s to %(most)s; type one."),
    "values.day.not_a_day": lazy("“%(typed)s” is not a date; write it as 2027-01-31."),
    "values.day.not_in_calendar": lazy("%(typed)s is not a day of the calendar; check it."),
    "values.place.unknown": lazy("“%(typed)s” is not a place we know; choose a country from the list."),
    "values.place.meant": lazy("“%(typed)s” is written %(meant)s here; choose that."),
    "values.text.too_long": ngettext_lazy(
        "Too long by one character.",
        "Too long by %(over)s characters.",
        "over",
    ),
    "values.text.too_many_lines": ngettext_lazy(
        "Too long by one line.",
        "Too long by %(over)s lines.",
        "over",
    ),
    "values.text.damaged": lazy(
        "Line %(line)s holds a damaged character; delete it or paste the text again."
    ),
    "values.text.too_many_emoji": ngettext_lazy(
        "There is one emoji too many; delete it.", "There are %(over)s emoji too many; delete some.", "over"
    ),
    "values.text.too_many_accents": lazy("Line %(line)s piles too many accents on one letter; delete them."),
}
KINDS: Sentences = {
    "rulebook": lazy("The rulebook"),
    "source": lazy("Source “%(name)s”"),
    "question": lazy("Question “%(name)s”"),
    "table": lazy("Table “%(name)s”"),
    "rule": lazy("Rule “%(name)s”"),
    "example": lazy("Example “%(name)s”"),
    "skills": lazy("Skills of “%(name)s”"),
}


def rules_words(message: Message) -> str:
    """A message of the rules, the answers or the values. Raises KeyError for any other room's."""
    values = dict(message.values)
    errors = values.get("error")
    if isinstance(errors, tuple):
        values["error"] = tuple(rules_words(one) if isinstance(one, Message) else one for one in errors)
    if "options" in values and "near" in values:
        values["cure"] = _cure(str(values.pop("near")), values["options"])
    if "place" in values and message.id.startswith("rules.text."):
        values["where"] = _where(values)
        del values["place"]
    return say(Message(id=message.id, values=values), SENTENCES)


def answers_words(invalid: AnswersInvalid) -> list[tuple[str, str]]:
    """Every error of an answer sheet: its field ("budget.unit") and the sentence."""
    return [(field, rules_words(message)) for field, message in invalid.errors]


def _where(values: dict[str, Value]) -> str:
    head = KINDS[str(values["place"])] % {"name": values.get("name", "")}
    key = values.get("key")
    return _("%(head)s, line “%(key)s”") % {"head": head, "key": key} if key else str(head)


def _cure(near: str, options: Value) -> str:
    if near:
        return _("; did you mean “%(near)s”") % {"near": near}
    if isinstance(options, tuple) and options:
        return _("; possible are %(options)s") % {"options": ", ".join(map(str, options))}
    return ""
