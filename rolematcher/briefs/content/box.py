"""The four lines a hiring manager reads in ten seconds, and the headline. In: the advice. Out: its words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from rolematcher.decisions.approval import CHANGED, WAITING, Approver
from rolematcher.decisions.words import choice_words, label
from rolematcher.editions.services import text_said
from rolematcher.rates.words import pay_words
from rolematcher.rules import Verdict
from rolematcher.web.names import (
    A_ROLE,
    BY_ENGAGEMENT_TYPE,
    RECOMMENDATION,
    ROLE,
    SENIORITY,
    day_words,
    listed,
    number_words,
    quoted,
    upper_first,
)

from .advice import Advice
from .money import costs_words, figure_line
from .shape import Item

HIRE_ONE = {
    "ai_engineer": lazy("Hire one AI engineer"),
    "ml_engineer": lazy("Hire one ML engineer"),
    "automation_specialist": lazy("Hire one automation specialist"),
}
LATER = {
    "ai_engineer": lazy("; decide about an ML engineer on a measured result after four to six weeks"),
}
REVIEW = lazy("; review on a measured result")
INSTEAD = {
    "hire_pair": lazy(
        "Hire a pair, first an ML engineer to train the model, then an AI engineer to put it to use%(terms)s."
    ),
    "buy": lazy("Buy the ready-made product and take a few days of help to set it up; hire no engineer yet."),
    "collect_data": lazy("Collect data first and hire nobody yet; later, most likely, %(role)s."),
}
TEAM = {
    "automation": lazy("the person on your team who builds automations"),
    "ai": lazy("your own AI engineer"),
    "ml": lazy("your own ML engineer"),
}
TEAM_FOR = {
    "automation_specialist": ("automation", "ai"),
    "ai_engineer": ("ai",),
    "ml_engineer": ("ml",),
}
FIRST_STEP = {
    "hire": lazy("Agree must-haves and goals with the hiring manager, then publish the advert."),
    "hire_then_review": lazy(
        "Collect fifty to a hundred real cases with the answer you would want, and agree which share of them "
        "must come out right."
    ),
    "hire_pair": lazy(
        "Have someone count the examples and spot-check the answers beside them, then start the first search."
    ),
    "use_team": lazy(
        "Agree the hours with that person and their manager, and put the first two weeks into the calendar."
    ),
    "buy": lazy("Start the product's trial this week on ten of your own real cases."),
    "collect_data": lazy(
        "From this week, write down for each case how it turned out, and agree who checks it."
    ),
    "ask_first": lazy("Send the question to the hiring manager today; advertise nothing before the reply."),
    "look_elsewhere": lazy(
        "Write down in two sentences what should be there at the end, and ask two people of that trade for "
        "an offer."
    ),
}


def headline(advice: Advice) -> str:
    """What to do, in one sentence; where it is open, the likely role and the question that settles it."""
    sentence = recommendation(advice)
    if advice.firm:
        return sentence
    question = advice.question
    if not question:
        return _("Probably: %(advice)s") % {"advice": sentence}
    ask = text_said(advice.rulebook.question(question).ask)
    searching = advice.recommendation in ("hire", "hire_then_review", "ask_first")
    settled = advice.verdict.role_firm and advice.recommendation != "ask_first"
    if advice.role == "none" or settled or not searching:
        return _("Probably: %(advice)s Ask this first: %(question)s") % {"advice": sentence, "question": ask}
    words = {"role": A_ROLE[advice.role], "question": ask}
    return _("Probably %(role)s. Ask this first: %(question)s") % words


def recommendation(advice: Advice) -> str:
    """The advice itself: role, seniority, engagement type, length."""
    role, course = advice.role, advice.recommendation
    words = {"role": A_ROLE[role], "terms": _terms(advice)}
    if course in ("hire", "hire_then_review") and role in HIRE_ONE:
        later = LATER.get(role, REVIEW) if course == "hire_then_review" else ""
        return f"{HIRE_ONE[role]}{words['terms']}{later}."
    if course == "use_team":
        return _own_team(advice)
    if course in INSTEAD:
        return str(INSTEAD[course] % words)
    if role == "none" or course == "look_elsewhere":
        who = text_said(advice.trade.look_for)
        return _("None of the three roles does this work. Look for: %(who)s.") % {"who": who}
    return _("Ask one question before you hire; most likely it will be %(role)s.") % words


def result_words(role: str, course: str) -> str:
    """A role and a recommendation as they are named everywhere."""
    return f"{upper_first(str(ROLE[role]))}, {RECOMMENDATION[course]}"


def _terms(advice: Advice) -> str:
    """Seniority, engagement type and length, where they were worked out for this very advice."""
    if not advice.as_decided:
        return ""
    verdict = advice.verdict
    by = BY_ENGAGEMENT_TYPE.get(verdict.engagement_type)
    parts = (SENIORITY.get(verdict.seniority), by, _length(advice))
    return "".join(f", {part}" for part in parts if part)


def _length(advice: Advice) -> str:
    """How long, where it was said or follows; a permanent post has no length."""
    timeline = advice.answers.timeline
    if advice.verdict.engagement_type == "permanent":
        return ""
    pilot = advice.answers.stage == "prototype"
    if timeline and timeline.weeks:
        count = {"weeks": number_words(timeline.weeks)}
        if pilot:
            return ngettext(
                "for a pilot of %(weeks)s week", "for a pilot of %(weeks)s weeks", timeline.weeks
            ) % (count)
        return ngettext("for %(weeks)s week", "for %(weeks)s weeks", timeline.weeks) % count
    if pilot:
        return _("for a pilot")
    if timeline and timeline.lasts == "3_to_12_months":
        return _("for three to twelve months")
    return ""


def _own_team(advice: Advice) -> str:
    team = advice.answers.team or ()
    who = next((TEAM[member] for member in TEAM_FOR.get(advice.role, ()) if member in team), None)
    if who is None:
        return _("Use your own team and hire nobody now.")
    return _("Use your own team: %(who)s can do this; hire nobody now.") % {"who": who}


def box(advice: Advice) -> tuple[Item, ...]:
    """What to do, what it costs against the budget, how sure and on what it hangs, what comes next."""
    return (
        Item(headline(advice), _("What to do")),
        Item(_costs(advice), _("What it costs")),
        Item(f"{_sure_words(advice)} {_hangs_on(advice)}".strip(), _("How sure")),
        Item(_first_step(advice), _("Next step")),
        *_approval_lines(advice),
    )


def _approval_lines(advice: Advice) -> tuple[Item, ...]:
    """Who approved it when and who is waited for; nothing where nobody is asked, and for a client."""
    decided = advice.decided
    if advice.client_copy or not decided.approvers:
        return ()
    said = [_approver_words(one) for one in decided.approvers if one.answered_at]
    open_names = [one.shown_name for one in decided.approvers if one.answered_at is None]
    if decided.approval == WAITING:
        said.append(_("Waiting for %(names)s.") % {"names": listed(open_names)})
    if decided.approval == CHANGED:
        said.append(_("Changed since: to be approved again."))
    return (Item(" ".join(said), _("Approval")),)


def _approver_words(one: Approver) -> str:
    """What one approver answered, and when."""
    words = {"who": one.shown_name, "day": day_words(one.answered_at) if one.answered_at else ""}
    if one.answer == Approver.BACK:
        return _("Sent back by %(who)s on %(day)s.") % words
    if one.answer == Approver.OTHER:
        return _("Approved with another recommendation by %(who)s on %(day)s.") % words
    return _("Approved by %(who)s on %(day)s.") % words


def _costs(advice: Advice) -> str:
    if advice.role == "none":
        return _("No figure: this tool knows the pay of three roles only, and this work needs none of them.")
    parts = [figure_line(advice), costs_words(advice)]
    if not advice.client_copy and advice.as_decided:
        parts.append(pay_words(advice.pay.budget.message))
    return " ".join(upper_first(part) for part in parts if part)


def _sure_words(advice: Advice) -> str:
    """Firm or open, and why; of a person's decision, that it is one."""
    if advice.override and advice.client_copy:
        return _("Firm: this is decided.")
    if advice.override:
        return _("Decided by a person, not by the rules.")
    if not advice.verdict.firm:
        return _open_words(advice.verdict)
    unknown = len(advice.verdict.unknowns)
    if not unknown:
        return _("Firm: every question that settles it is answered.")
    return ngettext(
        "Firm: the question still open cannot change it.",
        "Firm: the %(n)s questions still open cannot change it.",
        unknown,
    ) % {"n": number_words(unknown)}


def _open_words(verdict: Verdict) -> str:
    others = [str(A_ROLE[role]) for role in verdict.possible_roles if role not in (verdict.role, "none")]
    if others and not verdict.role_firm:
        return _("Open: it could also be %(others)s.") % {"others": _or(others)}
    courses = [
        str(RECOMMENDATION[one]) for one in verdict.possible_recommendations if one != verdict.recommendation
    ]
    if courses:
        words = {"others": _or(courses)}
        return _("Open: the role stands, but the advice could also be: %(others)s.") % words
    return _("Open: it is a best guess until the open questions are answered.")


def _hangs_on(advice: Advice) -> str:
    """The one answer it hangs on: the open question, else the first whose change gives another role."""
    if advice.override:
        return ""
    verdict = advice.verdict
    if not verdict.firm and advice.question:
        return _("It hangs on: %(question)s.") % {"question": label(advice.rulebook, advice.question)}
    change = next((one for one in verdict.changes if one.role != verdict.role), None)
    if change is None:
        return ""
    question = advice.rulebook.question(change.question)
    return _("It would be %(result)s if “%(question)s” were %(answer)s.") % {
        "result": A_ROLE[change.role],
        "question": label(advice.rulebook, change.question),
        "answer": quoted(choice_words(question, change.value)),
    }


def _or(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _first_step(advice: Advice) -> str:
    """What to do this week: ask while one answer is open, else the rulebook's advice, else a standing one."""
    if not advice.firm and advice.question:
        if advice.client_copy:
            return _("Answer this one question; it decides who is hired.")
        return _("Send the question to the hiring manager today; the message is ready to copy.")
    if advice.as_decided:
        for row in advice.verdict.advice:
            if row.result == "first_step" and row.do:
                return text_said(row.do)
    return str(FIRST_STEP[advice.recommendation])
