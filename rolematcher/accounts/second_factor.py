"""The second factor: a code from an app on the phone. First scan and confirm, afterwards type the code."""

from __future__ import annotations

import secrets
from base64 import b32encode
from io import BytesIO
from urllib.parse import quote

import qrcode
from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import login as factor_given
from django_otp import match_token
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathFillImage

from .audit import audit
from .models import User

SPARE_CODES = 8


class CodeForm(forms.Form):
    """Six digits from the app, or a spare code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the code; for somebody without a device show the QR code to set one up first."""
    user: User = request.user  # type: ignore[assignment]
    enrolled = TOTPDevice.objects.filter(user=user, confirmed=True).exists()
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"].replace(" ", "")
        device = match_token(user, code) if enrolled else _confirmed(user, code)
        if device:
            factor_given(request, device)
            if enrolled:
                return redirect(_next(request))
            codes = {"codes": _spare_codes(user), "next": _next(request)}
            return render(request, "registration/spare_codes.html", codes)
        form.add_error(
            "code",
            _("That code is not right, or it was tried too often. Wait a moment, then type the newest one."),
        )
    picture = {} if enrolled else _picture(user)
    shown = {"form": form, "next": _next(request), "enrolled": enrolled, **picture}
    return render(request, "registration/second_factor.html", shown)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url("decisions")


def _confirmed(user: User, code: str) -> TOTPDevice | None:
    """Confirm the waiting device by its first code."""
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
        if device is None or not device.verify_is_allowed()[0] or not device.verify_token(code):
            return None
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        audit("user.second_factor", user, actor=user)
    return device


def _spare_codes(user: User) -> list[str]:
    """New spare codes, each good once; earlier ones are void."""
    codes = [secrets.token_hex(5) for _number in range(SPARE_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="spare codes")
        for code in codes:
            device.token_set.create(token=code)
    return codes


def _picture(user: User) -> dict[str, str]:
    """The QR code as an image address, and the same secret as text; the same until it is confirmed."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    device = device or TOTPDevice.objects.create(user=user, name="app", confirmed=False)
    out = BytesIO()
    qrcode.make(device.config_url, image_factory=SvgPathFillImage, box_size=12).save(out)
    secret = b32encode(device.bin_key).decode()
    return {"picture": f"data:image/svg+xml,{quote(out.getvalue())}", "secret": secret}
