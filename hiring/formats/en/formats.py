"""Day before month and a clock of 24 hours, as on all our pages; the rest is Django's."""

DATE_FORMAT = "j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
