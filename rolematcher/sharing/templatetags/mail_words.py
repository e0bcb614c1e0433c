"""The mail form's words. In: a brief's content. Out: a text to begin with, and whether mail is sent."""

from __future__ import annotations

from django import template

from rolematcher.sharing.services import mail_is_printed, mail_note

register = template.Library()
register.filter(mail_note)
register.simple_tag(mail_is_printed)
