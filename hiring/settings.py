"""How the project is wired. What differs between machines comes from the environment (`env.py`)."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from hiring import env as given
from hiring import sign_on
from rolematcher.web.logs import lines_as_json

BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCTION = given.mode() == given.PRODUCTION
DEBUG = given.yes_or_no("DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG must be off in production.")

DATA_DIR = Path(given.env.str("DATA_DIR", default=str(BASE_DIR / "data"))).resolve()
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
FILES_DIR = DATA_DIR / "files"

SECRET_KEY = given.secret_key(DATA_DIR, production=PRODUCTION)
ALLOWED_HOSTS = given.hosts(production=PRODUCTION)
CSRF_TRUSTED_ORIGINS = given.env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_ADDRESS = given.env.str("PUBLIC_ADDRESS", default="")

INSTALLED_APPS = [
    "rolematcher.web.apps.WebConfig",
    "rolematcher.accounts.apps.AccountsConfig",
    "rolematcher.outbox.apps.OutboxConfig",
    "rolematcher.editions.apps.EditionsConfig",
    "rolematcher.rates.apps.RatesConfig",
    "rolematcher.decisions.apps.DecisionsConfig",
    "rolematcher.intake.apps.IntakeConfig",
    "rolematcher.briefs.apps.BriefsConfig",
    "rolematcher.sharing.apps.SharingConfig",
    "rolematcher.api.apps.ApiConfig",
    "rolematcher.web.apps.HiringAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # the widgets' templates, found beside ours
    "crispy_forms",
    "crispy_bootstrap5",
    "js_lib_bootstrap5",
    "django_htmx",
    "ninja",  # the files of its page of calls
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "rolematcher.web.proxies.TrustedProxies",
    "rolematcher.web.middleware.RequestTrail",
    "rolematcher.web.clean_text.CleanText",
    "rolematcher.web.database_guard.DatabaseGuard",
    "django.middleware.security.SecurityMiddleware",
    "rolematcher.web.middleware.TextGZip",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "rolematcher.web.middleware.OwnLanguage",
    "rolematcher.web.middleware.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "hiring.urls"
WSGI_APPLICATION = "hiring.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Signing in with an organisation's own accounts; off unless SSO_* is set (`sign_on.py`).
SIGN_ON = sign_on.sign_on()
if SIGN_ON["ways"]:
    INSTALLED_APPS += [
        "allauth",
        "allauth.account",
        "allauth.socialaccount",
        "allauth.socialaccount.providers.openid_connect",
        "allauth.socialaccount.providers.saml",
    ]
    MIDDLEWARE += ["allauth.account.middleware.AccountMiddleware"]
    SOCIALACCOUNT_ONLY = SOCIALACCOUNT_LOGIN_ON_GET = True
    SOCIALACCOUNT_PROVIDERS = sign_on.providers()
    SOCIALACCOUNT_ADAPTER = "rolematcher.accounts.sign_on.PersonAdapter"
    ACCOUNT_ADAPTER = "rolematcher.accounts.sign_on.SessionAdapter"
    ACCOUNT_EMAIL_VERIFICATION, ACCOUNT_LOGOUT_REDIRECT_URL = "none", "login"

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "decisions"
LOGOUT_REDIRECT_URL = "login"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATABASES = {"default": given.env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'hiring.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = given.number("DATABASE_CONN_MAX_AGE", default=60, least=0, most=3600)
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA recursive_triggers=ON;"
        "PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"] |= {
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # A server that is gone or unreachable is noticed within seconds; see `web/database_guard.py`
            # for one that is frozen.
            "connect_timeout": 2,
            "keepalives": 1,
            "keepalives_idle": 10,
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "tcp_user_timeout": 8000,
            "options": "-c statement_timeout=15000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=15000",
        },
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
TIME_ZONE = given.env.str("TIME_ZONE", default="UTC")
USE_TZ = True
FORMAT_MODULE_PATH = "hiring.formats"
LOCALE_PATHS = [BASE_DIR / "rolematcher" / "data" / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else DATA_DIR / "static"
if not PRODUCTION:
    STATIC_ROOT.mkdir(exist_ok=True)  # empty: the files are served from where they are installed
# Inter as its package brings it: one variable font, which browsers keep.
STATICFILES_DIRS = [("web/fonts", str(files("fontpkg_inter") / "files"))]
STORAGES = {
    "default": given.file_storage(FILES_DIR),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False

EMAIL_CONFIG = given.env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = given.env.str("DEFAULT_FROM_EMAIL", default="Role Matcher <briefs@localhost>")

# Safety: strict policy, no inline script or style, also in the admin.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"  # sessions are backed up
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = given.yes_or_no("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^(livez|readyz|metrics)$"]  # asked from inside, without TLS
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = given.yes_or_no("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = given.yes_or_no("SECURE_HSTS_PRELOAD", default=True)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Who may say where a request came from; without any, forwarding headers are dropped.
TRUSTED_PROXIES = given.networks("TRUSTED_PROXIES")
# Webhooks go to public addresses only, and to these networks.
WEBHOOK_NETWORKS = given.networks("WEBHOOK_NETWORKS")
METRICS_TOKEN = given.env.str("METRICS_TOKEN", default="")
RULES_SECOND_PERSON = given.yes_or_no("RULES_SECOND_PERSON", default=False)
REQUIRE_STAFF_TOTP = given.yes_or_no("REQUIRE_STAFF_TOTP", default=False)
OTP_TOTP_ISSUER = "Role Matcher"

AXES_CLIENT_IP_CALLABLE = "rolematcher.web.proxies.client_address"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"

# The worker. A message is a wake-up only, the job's row is the record: see `rolematcher/outbox/services.py`.
BRIEF_SOFT_SECONDS = given.number("BRIEF_SOFT_SECONDS", default=20, least=1, most=600)
BRIEF_HARD_SECONDS = given.number("BRIEF_HARD_SECONDS", default=30, least=2, most=900)
BRIEF_LEASE_SECONDS = given.number("BRIEF_LEASE_SECONDS", default=60, least=3, most=1800)
BRIEF_VISIBILITY_SECONDS = given.number("BRIEF_VISIBILITY_SECONDS", default=300, least=4, most=7200)
given.in_order(
    BRIEF_SOFT_SECONDS=BRIEF_SOFT_SECONDS,
    BRIEF_HARD_SECONDS=BRIEF_HARD_SECONDS,
    BRIEF_LEASE_SECONDS=BRIEF_LEASE_SECONDS,
    BRIEF_VISIBILITY_SECONDS=BRIEF_VISIBILITY_SECONDS,
)
BRIEF_MEMORY_MB = given.number("BRIEF_MEMORY_MB", default=1024, least=256, most=65_536)
WORKER_JOBS = given.one_of("WORKER_JOBS", ("all", "inside", "outside"), default="all")
SWEEP_SECONDS = given.number("SWEEP_SECONDS", default=5, least=1, most=60)

# By default there is no broker: the worker looks at the table of jobs several times a second.
BROKER_URL = given.env.str("BROKER_URL", default="memory://")
CELERY_BROKER_URL = BROKER_URL
CELERY_BROKER_TRANSPORT_OPTIONS = given.broker_options(
    BROKER_URL, visibility_seconds=BRIEF_VISIBILITY_SECONDS
)
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
# A worker for what goes outside wakes itself alone: it must not take wake-ups from one that makes documents.
CELERY_TASK_DEFAULT_QUEUE = "sending" if WORKER_JOBS == "outside" else "jobs"
CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum" if BROKER_URL.startswith("amqp") else "classic"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_ACKS_ON_FAILURE_OR_TIMEOUT = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False  # on, it would loop on a job that kills its worker
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50  # the renderer's memory grows; a fresh child starts warm
CELERY_WORKER_CONCURRENCY = given.number("WORKERS", default=2, least=1, most=64)
CELERY_WORKER_LOST_WAIT = 2.0  # a dead child frees its place after this; the default 10 s starves the queue
CELERY_WORKER_ENABLE_PREFETCH_COUNT_REDUCTION = False  # after a lost connection all places are free again
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_EVENT_QUEUE_EXPIRES = 60

# Rates: agreed rates of past decisions as a source of their own, and the weights of sources (JSON, any part).
HOUSE_RATES = given.yes_or_no("HOUSE_RATES", default=False)
HOUSE_NAME = given.env.str("HOUSE_NAME", default="Our own placements")
RATE_WEIGHTS = given.json_object("RATE_WEIGHTS")
SOURCED_FIGURES_ONLY = given.yes_or_no("SOURCED_FIGURES_ONLY", default=False)

# One JSON object a line on stderr: ids and facts, never text people typed (`web/logs.py`).
LOG_LEVEL = given.one_of("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO")
LOGGING = lines_as_json(LOG_LEVEL)
