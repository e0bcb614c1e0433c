"""The product's addresses and two to compare its form with: an empty page, the form rendered every time."""

from crispy_forms.utils import render_crispy_form
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils.safestring import mark_safe

from rolematcher.forms import IntakeForm
from rolematcher.models import Edition
from rolematcher.rulebooks import rulebook_of
from rolematcher.views.intake import regions


@login_required
def empty(request: HttpRequest) -> HttpResponse:
    """Signed in, and nothing on the page."""
    return HttpResponse("")


@login_required
def plain(request: HttpRequest) -> HttpResponse:
    """The same form the usual way: built and rendered by crispy-forms for every visit, without the panel."""
    form = IntakeForm(rulebook_of(Edition.objects.current()), regions=regions())
    html = mark_safe(str(render_crispy_form(form)))
    return render(request, "base.html", {"content": html, "here": html})


urlpatterns = [path("empty/", empty), path("plain/", plain), path("", include("hiring.urls"))]
