"""Questions only the hiring manager can answer: found, sent as a link, answered, accepted or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.forms.utils import ErrorList
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.decisions.models import Decision
from rolematcher.editions.fields import TextField
from rolematcher.intake.models import Draft
from rolematcher.intake.raw import fields_from
from rolematcher.outbox.models import Job
from rolematcher.outbox.services import job_enqueue
from rolematcher.rules import Answers, Rulebook, next_question
from rolematcher.rules.rulebook import NOBODY, UNSURE, Question
from rolematcher.web.names import said

from .links import LinkClosed, secret_hash, secret_new
from .models import FrozenQuestion, ManagerRequest

UNKNOWN = lazy("This is not one of the choices. Choose one of those shown.")
ALONE = lazy("“Nobody” can't be combined with the others.")


class ReplyForm(forms.Form):
    """What a hiring manager says: choices of the questions asked, and a note. One of them at least."""

    note = TextField(label=lazy("Anything else worth knowing"), most=2_000, lines=50, required=False)

    def __init__(self, data: object = None, *, questions: Sequence[FrozenQuestion]) -> None:
        """A field for each question as it was asked."""
        super().__init__(data)  # type: ignore[arg-type]
        self.questions = questions
        for question in questions:
            if not question["choices"]:
                self.fields[question["id"]] = TextField(most=500, lines=10, required=False)
                continue
            kind = forms.MultipleChoiceField if question["many"] else forms.ChoiceField
            choices = [(id, said(words)) for id, words in question["choices"]]
            field = kind(choices=choices, required=False, error_messages={"invalid_choice": UNKNOWN})
            self.fields[question["id"]] = field

    def clean(self) -> dict[str, object]:
        """The whole reply. "I do not know" is no answer, and fine."""
        clean: dict[str, object] = super().clean() or self.cleaned_data
        for question in self.questions:
            ticked = clean.get(question["id"])
            if isinstance(ticked, list) and NOBODY in ticked and len(ticked) > 1:
                self.add_error(question["id"], ALONE)
        if not self.errors and not self.answers and not self.told:
            raise forms.ValidationError(_("Answer at least one question, or write a note."))
        return clean

    @property
    def answers(self) -> dict[str, str | list[str]]:
        """The answers by question, those left open left out."""
        choices = [question["id"] for question in self.questions if question["choices"]]
        given = {id: self.cleaned_data.get(id) for id in choices}
        return {id: value for id, value in given.items() if value and value not in (UNSURE, [UNSURE])}

    @property
    def told(self) -> str:
        """The note, after what was written to questions without choices; a person reads them."""
        free = [question for question in self.questions if not question["choices"]]
        told = [(said(one["ask"]), self.cleaned_data.get(one["id"])) for one in free]
        lines = [f"{ask}\n{words}" for ask, words in told if words]
        return "\n\n".join(filter(None, [*lines, self.cleaned_data.get("note", "")]))

    @property
    def asked(self) -> list[tuple[FrozenQuestion, list[str], ErrorList]]:
        """Each question, what was picked, and what is wrong with that: for the page."""
        shown = []
        for question in self.questions:
            bound = self[question["id"]]
            value = bound.value() or []
            shown.append((question, value if isinstance(value, list) else [value], bound.errors))
        return shown


def questions_open(rulebook: Rulebook, answers: Answers, *, on: date) -> list[Question]:
    """Unanswered questions whose answer can still change role or recommendation, the most telling first."""
    found: list[str] = []
    while following := next_question(rulebook, answers, found, on):
        found.append(following.question)
    return [rulebook.question(id) for id in found]


def questions_other(
    rulebook: Rulebook, raw: Mapping[str, object], deciding: Iterable[Question]
) -> list[Question]:
    """The other unanswered questions: they sharpen the advice, and may be asked as well."""
    told = {question.id for question in deciding} | {id for id, value in raw.items() if value != UNSURE}
    askable = (one for one in rulebook.questions if (one.message or one.choices) and not one.worked_out)
    return [question for question in askable if question.id not in told]


def message_words(project: str, questions: Iterable[Question], *, link: str = "") -> str:
    """A message to the hiring manager, ready to send: plain words, one line a question."""
    questions = list(questions)
    about = _("for “%(project)s”") % {"project": project} if project else _("for your project")
    opening = _("Hello, before I start the search %(about)s, I need your help with this:") % {"about": about}
    asks = [said(_asked_as(question)) for question in questions]
    lines = asks if len(asks) == 1 else [f"{number}. {ask}" for number, ask in enumerate(asks, start=1)]
    closing = (
        _("You can answer here, it takes a minute and needs no account:") + "\n" + link
        if link
        else _("“I do not know” is a fine answer too.")
    )
    return "\n\n".join([opening, "\n".join(lines), closing, _("Thank you!")])


def manager_request_make(
    about: Draft | Decision, *, user: User, questions: Iterable[Question], days: int
) -> tuple[ManagerRequest, str]:
    """A link under which the manager answers these questions. Returns the row and the secret, shown once.

    Raises ValueError without a question.
    """
    frozen: list[FrozenQuestion] = [
        {
            "id": question.id,
            "ask": _asked_as(question),
            "help": question.help,
            "many": question.many,
            "choices": [[choice.id, choice.words] for choice in question.choices],
        }
        for question in questions
    ]
    if not frozen:
        raise ValueError(_("Select at least one question to send."))
    secret, hashed = secret_new()
    with transaction.atomic():
        request = ManagerRequest.objects.create(
            draft=about if isinstance(about, Draft) else None,
            decision=about if isinstance(about, Decision) else None,
            created_by=user,
            secret_hash=hashed,
            project=str(about.project)[:200],
            questions=frozen,
            expires_at=timezone.now() + timedelta(days=days),
        )
        audit("manager.asked", request, actor=user, questions=[question["id"] for question in frozen])
    return request, secret


def manager_request_by(secret: str) -> ManagerRequest:
    """The open request behind a link, or one that was answered in time. Raises LinkClosed."""
    request = ManagerRequest.objects.filter(secret_hash=secret_hash(secret), revoked_at=None).first()
    if request is None or not (request.open or request.answered_at):
        raise LinkClosed
    return request


def manager_answer(request: ManagerRequest, answers: Mapping[str, str | list[str]], *, note: str) -> None:
    """Keep what `ReplyForm` read; a link answers once, and saying the same again changes nothing.

    Whoever asked is mailed, and the draft or decision comes first in the lists.

    Raises LinkClosed where it is no longer open.
    """
    with transaction.atomic():
        now = timezone.now()
        if _waiting(request).update(answers=answers, note=note, answered_at=now):
            Draft.objects.filter(manager_requests=request).update(changed_at=now)
            Decision.objects.filter(manager_requests=request).update(replied_at=now)
            audit("manager.answered", request, actor=None, questions=sorted(answers))
            key, payload = f"manager_answered:{request.pk}", {"request": request.pk}
            job_enqueue("manager_answered", payload, key=key, priority=Job.ON_REQUEST)
            return
    request.refresh_from_db()
    said_before = request.answered_at and not request.revoked_at
    if not said_before or (request.answers, request.note) != (answers, note):
        raise LinkClosed


def manager_request_revoke(request: ManagerRequest, *, user: User) -> None:
    """The link stops working at once; one that was answered, withdrawn or has run out stays as it is."""
    with transaction.atomic():
        if _waiting(request).update(revoked_at=timezone.now()):
            audit("manager.revoked", request, actor=user)


def _waiting(request: ManagerRequest) -> QuerySet[ManagerRequest]:
    """The row, while its link works."""
    rows = ManagerRequest.objects.filter(pk=request.pk, answered_at=None, revoked_at=None)
    return rows.filter(expires_at__gt=timezone.now())


def manager_reply_settle(request: ManagerRequest, *, user: User, accepted: Iterable[str]) -> Draft:
    """Put the accepted replies into the draft, a new one where a decision was asked about; drop the rest.

    Raises LinkClosed where there is no reply, or that was done already.
    """
    wanted = set(accepted)
    taken = {id: value for id, value in request.answers.items() if id in wanted}
    with transaction.atomic():
        replied = ManagerRequest.objects.filter(pk=request.pk, settled_at=None).exclude(answered_at=None)
        if not replied.update(settled_at=timezone.now()):
            raise LinkClosed
        if request.draft is not None:
            draft = Draft.objects.select_for_update().get(pk=request.draft.pk)
            draft.fields = {**draft.fields, **fields_from(taken)}
            draft.saved_version, draft.saved_by = draft.saved_version + 1, ""
            draft.save(update_fields=["fields", "saved_version", "saved_by", "changed_at"])
        else:
            assert request.decision is not None  # noqa: S101 (a request is about one or the other)
            answers = {**request.decision.answers, **taken}
            fields = fields_from(answers)
            draft = Draft.objects.create(owner=user, fields=fields, new_version_of=request.decision)
            # It stays first in the lists only while another reply waits.
            waiting = request.decision.manager_requests.filter(answered_at__isnull=False, settled_at=None)
            if not waiting.exists():
                Decision.objects.filter(pk=request.decision.pk).update(replied_at=None)
        audit("manager.settled", request, actor=user, accepted=sorted(taken))
    return draft


def _asked_as(question: Question) -> str:
    """How a manager is asked: the same words in the message and behind the link."""
    return question.message or question.ask
