"""Who sends briefs: one row with name, contact and logo, edited in the admin; a logo file in, a PNG out."""

from __future__ import annotations

import io

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from .content import HouseHead

MOST_LOGO = 200_000
MOST_SIDE = 3000


class House(models.Model):
    """The house whose name, contact and logo stand on every brief. There is one row."""

    name = models.CharField(_("name"), max_length=120, blank=True)
    contact = models.TextField(_("contact"), max_length=300, blank=True, help_text=_("Up to three lines."))
    approval_days = models.PositiveSmallIntegerField(
        _("days until an approver is reminded"),
        default=3,
        validators=[MaxValueValidator(90)],
        help_text=_("0: nobody is reminded."),
    )
    logo = models.BinaryField(_("logo"), blank=True, default=b"", editable=False)

    class Meta:
        app_label = "briefs"
        verbose_name = _("sender of briefs")
        verbose_name_plural = _("sender of briefs")

    def __str__(self) -> str:
        return self.name or str(_("sender of briefs"))


def house_of() -> House:
    """The one row; where nobody has filled it in, one that is not saved."""
    return House.objects.first() or House()


def house_head() -> HouseHead:
    """What a brief prints of the house."""
    row = house_of()
    return HouseHead(row.name, row.contact, bytes(row.logo))


def logo_checked(data: bytes) -> bytes:
    """A logo as a clean PNG without metadata. Raises ValidationError for anything but a small PNG."""
    if len(data) > MOST_LOGO:
        raise ValidationError(_("The logo is too large; 200 kB are possible."))
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            if max(image.size) > MOST_SIDE:
                raise ValidationError(_("The logo is too wide or high; 3,000 pixels are possible."))
            clean = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ValidationError(_("The logo must be a PNG file.")) from None
    file = io.BytesIO()
    clean.save(file, "PNG", optimize=True)
    if len(file.getvalue()) > MOST_LOGO:
        raise ValidationError(_("The logo is too large; 200 kB are possible."))
    return file.getvalue()
