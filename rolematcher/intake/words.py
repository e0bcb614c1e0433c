"""What the reader has to say, in the active language. In: a message. Out: a sentence."""

from __future__ import annotations

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as lazy

from rolematcher.values.message import Message
from rolematcher.web.names import A_ROLE
from rolematcher.web.speech import Sentences

TRADES = {
    "web_development": lazy("a website or web shop"),
    "mobile_app": lazy("a mobile app"),
    "data_analysis": lazy("reports or dashboards"),
    "data_engineering": lazy("loading and storing data"),
    "infrastructure": lazy("servers, cloud or DevOps"),
    "testing": lazy("testing software"),
    "design": lazy("design or video"),
    "seo_marketing": lazy("search ranking or advertising"),
    "trading_bot": lazy("a trading or betting bot"),
    "it_support": lazy("computers, networks or support"),
    "research": lazy("research or writing"),
    "product_management": lazy("planning and leading a product"),
    "other": lazy("another trade"),
}

SENTENCES: Sentences = {
    "reading.role": lazy("The text asks for %(role)s."),
    "reading.readers_differ": lazy("The text may ask for %(role)s; it can be read in more than one way."),
    "reading.rules_differ": lazy("The words point to %(role)s, the work described does not."),
    "reading.one_sentence": lazy("One sentence points to %(role)s; that is little to go by."),
    "reading.close": lazy("The text lies between two roles; %(role)s is a little nearer."),
    "reading.other_trade": lazy("We could not tell what the AI should do; the text is about %(trade)s."),
    "reading.says_nothing": lazy("We could not tell what the AI should do."),
    "reading.not_text": lazy("This does not read as a text. Paste the words of the description."),
    "reading.empty": lazy("There is no text yet. Paste the description, or answer the questions."),
    "reading.language_not_read": lazy("We read English and German; this text is in %(language)s."),
}


def reading_words(message: Message) -> str:
    """A message of the reader. Raises KeyError for any other room's."""
    values = dict(message.values)
    if "role" in values:
        values["role"] = str(A_ROLE.get(str(values["role"]), values["role"]))
    if "trade" in values:
        values["trade"] = str(TRADES.get(str(values["trade"]), values["trade"]))
    if "language" in values:
        locale = Locale.parse(get_language() or "en", sep="-")
        values["language"] = locale.languages.get(str(values["language"]), str(values["language"]))
    return str(SENTENCES[message.id]) % values
