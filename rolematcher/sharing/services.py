"""Handing a brief on: read-only links for people without an account, and briefs by e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rolematcher.accounts.audit import audit
from rolematcher.accounts.models import User
from rolematcher.briefs.content import content_of
from rolematcher.briefs.content.shape import Audience, Content
from rolematcher.briefs.files import TYPES, brief_file_name
from rolematcher.briefs.models import Brief
from rolematcher.briefs.services import brief_request
from rolematcher.decisions.models import Decision
from rolematcher.decisions.status import decision_status_set
from rolematcher.editions.fields import TextField
from rolematcher.web.rate_limit import slow_down

from .links import DAYS, LinkClosed, secret_hash, secret_new
from .models import ShareLink

MOST_RECIPIENTS = 5


class ShareForm(forms.Form):
    """A read-only link: for whom, for how long."""

    label = TextField(
        label=lazy("For whom"), most=100, help_text=lazy("Only you see this; it says who opened it.")
    )
    days = forms.TypedChoiceField(label=lazy("Works for"), choices=DAYS, initial="14", coerce=int)


class MailForm(forms.Form):
    """The brief as an e-mail."""

    to = TextField(label=lazy("To"), most=500, help_text=lazy("Up to five addresses."))
    note = TextField(label=lazy("Message"), most=2_000, lines=50, required=False)
    copy = forms.ChoiceField(
        label=lazy("Copy"),
        choices=[("client", lazy("client copy")), ("house", lazy("full brief, for colleagues"))],
    )
    format = forms.ChoiceField(label=lazy("As"), choices=Brief.FORMATS, initial=Brief.PDF, required=False)

    def clean_to(self) -> list[str]:
        """Addresses apart by commas, semicolons or spaces, each once."""
        addresses = list(dict.fromkeys(self.cleaned_data["to"].replace(",", " ").replace(";", " ").split()))
        if not addresses:
            raise forms.ValidationError(lazy("Give at least one e-mail address."))
        if len(addresses) > MOST_RECIPIENTS:
            raise forms.ValidationError(lazy("Send it to five people at most; for more, share a link."))
        for address in addresses:
            try:
                validate_email(address)
            except forms.ValidationError:
                wrong = _("“%(address)s” is not an e-mail address; check it.")
                raise forms.ValidationError(wrong % {"address": address[:80]}) from None
        return addresses

    def clean_format(self) -> str:
        """PDF where nothing was chosen."""
        return str(self.cleaned_data["format"] or Brief.PDF)


def share_make(
    decision: Decision, *, user: User, label: str, days: int, language: str
) -> tuple[ShareLink, str]:
    """A link that shows the decision and its PDF. Returns the row and the secret, which is shown once."""
    secret, hashed = secret_new()
    with transaction.atomic():
        link = ShareLink.objects.create(
            decision=decision,
            created_by=user,
            secret_hash=hashed,
            label=" ".join(label.split())[:100],
            expires_at=timezone.now() + timedelta(days=days),
        )
        brief_request(decision, user=user, audience=Brief.CLIENT, language=language)
        audit("share.made", link, actor=user, decision=decision.pk)
    return link, secret


def share_by(secret: str) -> ShareLink:
    """The open link behind a secret. Raises LinkClosed."""
    links = ShareLink.objects.select_related("decision__owner", "decision__edition", "created_by")
    link = links.filter(secret_hash=secret_hash(secret), decision__deleted_at=None).first()
    if link is None or not link.open:
        raise LinkClosed
    return link


def share_revoke(link: ShareLink, *, user: User) -> None:
    """The link stops working at once; one that was withdrawn or has run out stays as it is."""
    now = timezone.now()
    with transaction.atomic():
        if ShareLink.objects.filter(pk=link.pk, revoked_at=None, expires_at__gt=now).update(revoked_at=now):
            audit("share.revoked", link, actor=user, decision=link.decision_id)


def mail_note(content: Content) -> str:
    """What the mail says where the recruiter writes nothing else: fit for a client and a colleague."""
    about = content.project or content.client
    opening = (
        _("attached is our hiring brief for “%(about)s”.") % {"about": about}
        if about
        else _("attached is our hiring brief.")
    )
    closing = _("Please tell me whether this fits, or what you would change. I am glad to talk it through.")
    return "\n\n".join([_("Hello,"), f"{opening} {content.headline}", closing, _("Kind regards")])


def mail_is_printed() -> bool:
    """Does mail only go to the server's log, because nobody has set up a mail server?"""
    return settings.EMAIL_BACKEND.endswith(".console.EmailBackend")


def brief_mail(
    decision: Decision,
    *,
    user: User,
    language: str,
    to: Sequence[str],
    note: str,
    copy: Audience,
    format: str,
) -> None:
    """Send a ready brief as an attachment through Django's mail settings; replies go to the sender.

    A decision that was only made is marked sent, unless mail is only printed.

    Raises ValueError where the brief is not ready, TooMany where one person mails very often, OSError or
    SMTPException where it cannot be sent.
    """
    slow_down("mail", str(user.pk), most=20, seconds=3600)
    brief = brief_request(decision, user=user, audience=copy, format=format, language=language)
    if brief.state != Brief.READY:
        raise ValueError(_("The document is being made. Wait a moment and send it again."))
    content = content_of(decision, audience=copy)
    subject = f"{content.title}: {content.project or content.client or content.headline}"[:150]
    body = f"{note or mail_note(content)}\n\n{user.shown_name}"
    reply_to = [user.email] if user.email else None
    mail = EmailMessage(subject=" ".join(subject.split()), body=body, to=list(to), reply_to=reply_to)
    with default_storage.open(brief.file) as file:
        mail.attach(brief_file_name(brief), file.read(), TYPES[brief.format])
    mail.send()
    with transaction.atomic():
        audit("brief.mailed", brief, actor=user, decision=decision.pk, recipients=len(to))
        if decision.status == Decision.MADE and not mail_is_printed():
            decision_status_set(decision, user=user, status=Decision.SENT)
