"""Every setting of Tranche, read from the environment (docs/reference/environment.md lists them).

There is no default secret: SECRET_KEY, DATABASE_URL and REDIS_URL come from the environment,
or from `config.embedded` for a stack that Tranche starts itself.
"""

from pathlib import Path
from typing import Any

import environ
import pghistory
from celery.schedules import crontab
from csp.constants import NONE, SELF

from config.paths import PROJECT, VAR

BASE_DIR = PROJECT
VAR_DIR = VAR
env = environ.Env()

SECRET_KEY = env.str("SECRET_KEY")
# Earlier ones that still open what was sealed and signed with them.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# True where a proxy ends TLS in front: cookies become secure, HTTP is redirected, HSTS is sent.
BEHIND_TLS = env.bool("BEHIND_TLS", default=False)
# How many proxies in front write the caller's address into X-Forwarded-For.
PROXY_COUNT = env.int("PROXY_COUNT", default=int(BEHIND_TLS))

INSTALLED_APPS = [
    "fleet.apps.FleetConfig",
    "feedback.apps.FeedbackConfig",
    "pilots.apps.PilotsConfig",
    "rollouts.apps.RolloutsConfig",
    "config.apps.HomeConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "axes",
    "csp",
    "django_filters",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "fleet.middleware.HookSecretMiddleware",
    "feedback.middleware.SurveySecretMiddleware",
    "config.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fleet.middleware.RequestContextMiddleware",
    "fleet.middleware.SessionUseMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "fleet.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fleet.context.page",
                "config.help.hints.page",
            ],
            "builtins": ["fleet.templatetags.kit"],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

AUTH_USER_MODEL = "fleet.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "fleet:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "fleet:sign-in"
# Ten guesses at one account, from anywhere, lock it for a quarter of an hour.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "fleet.services.sign_ins.counted_as"
AXES_CLIENT_IP_CALLABLE = "fleet.web.callers.ip_of"
# Locking by account alone is meant: guesses at one account from many addresses count together.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "fleet/sign_in_locked.html"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
# Sign-ins are kept by fleet.models.SignInEvent, for its own time.
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]
AXES_VERBOSE = False

PASSWORD_RESET_TIMEOUT = 60 * 60
SIGN_INS_KEEP_DAYS = env.int("SIGN_INS_KEEP_DAYS", default=365)
SESSION_ENGINE = "fleet.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# Where people reach the service: links in mail begin with it, whatever host a request names.
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="tranche@localhost")

PGHISTORY_APPEND_ONLY = True
# A change is read by its object, time or context (fleet.history); indexes on copied keys would cost every
# bulk change.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "fleet.api.authentication.ApiTokenAuthentication",
        "fleet.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "fleet.api.pagination.KeysetPagination",
    "DEFAULT_FILTER_BACKENDS": ["fleet.api.filtering.FilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "fleet.api.errors.problem",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Tranche",
    "DESCRIPTION": "Device fleet and rollout tracker for public-sector IT.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "fleet.api.problems.with_problems",
    ],
    # Names for word lists that several fields share, or that share a field's name.
    "ENUM_NAME_OVERRIDES": {
        "ApiTokenStateEnum": "fleet.models.tokens.STATES",
        "AssistiveTechnologyEnum": "fleet.vocabulary.AssistiveTechnology",
        "CommitmentStateEnum": "feedback.vocabulary.CommitmentState",
        "AudienceEnum": "feedback.vocabulary.Audience",
        "AskedAudienceEnum": "feedback.api.survey_serializers.AUDIENCES",
        "GatheringKindEnum": "feedback.vocabulary.GatheringKind",
        "QuestionKindEnum": "feedback.vocabulary.QuestionKind",
        "ShownAsEnum": "feedback.vocabulary.ShownAs",
        "SurveyStateEnum": "feedback.vocabulary.SurveyState",
        "ThreadKindEnum": "feedback.vocabulary.ThreadKind",
        "ThreadStatusEnum": "feedback.vocabulary.ThreadStatus",
        "ResponseStatusEnum": "feedback.services.answering.STATUS_CHOICES",
        "DiscrepancyKindEnum": "fleet.vocabulary.DiscrepancyKind",
        "DeliveryStatusEnum": "fleet.vocabulary.DeliveryStatus",
        "GateOutcomeEnum": "rollouts.vocabulary.GateOutcome",
        "GateStatusEnum": "rollouts.vocabulary.GateStatus",
        "InvitationStateEnum": "fleet.vocabulary.InvitationState",
        "RecordOutcomeEnum": "fleet.mdm.ledger.OUTCOMES",
        "TrancheStateEnum": "rollouts.vocabulary.TrancheState",
        "WorkStyleEnum": "fleet.vocabulary.WorkStyle",
    },
}

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "max_retries": 1,
}
CELERY_IMPORTS = ["config.heartbeat"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.int("WORKER_CONCURRENCY", default=2)
# In KiB: a process that a large file has left bigger is replaced once it has finished.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = env.int("WORKER_MAX_MEMORY_KIB", default=190_000)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "compute"
CELERY_TASK_ROUTES = {
    "fleet.apply_delivery": {"queue": "intake"},
    "fleet.sweep_deliveries": {"queue": "intake"},
}
# How often beat looks for deliveries that a lost broker or a killed worker left.
MDM_SWEEP_SECONDS = env.int("MDM_SWEEP_SECONDS", default=15)
CELERY_BEAT_SCHEDULE = {
    "sweep-deliveries": {"task": "fleet.sweep_deliveries", "schedule": float(MDM_SWEEP_SECONDS)},
    "sweep-imports": {"task": "fleet.sweep_imports", "schedule": float(MDM_SWEEP_SECONDS)},
    "sweep-bulk-changes": {"task": "fleet.sweep_bulk_changes", "schedule": float(MDM_SWEEP_SECONDS)},
    "sweep-tranches": {"task": "rollouts.sweep_tranches", "schedule": 15.0},
    "keep-house": {"task": "fleet.keep_house", "schedule": 3600.0},
    "reconcile": {"task": "fleet.reconcile", "schedule": crontab(hour=4, minute=20)},
    "measure-estate": {"task": "fleet.measure_estate", "schedule": crontab(hour=3, minute=40)},
    "tend-surveys": {"task": "feedback.tend_surveys", "schedule": crontab(minute=7)},
    "follow-commitments": {"task": "feedback.follow_commitments", "schedule": crontab(hour=4, minute=50)},
    "feedback-keep-house": {"task": "feedback.keep_house", "schedule": crontab(hour=5, minute=20)},
    "forecast-usage": {"task": "fleet.forecast_usage", "schedule": crontab(hour=5, minute=10)},
    # Within working hours, again and again: what a mail server in trouble left is sent the next time.
    "send-digests": {"task": "fleet.send_digests", "schedule": crontab(minute="*/10", hour="7-18")},
    "escalate-feedback": {"task": "feedback.escalate", "schedule": crontab(hour=5, minute=40)},
    "switch-schemes": {"task": "fleet.switch_schemes", "schedule": 300.0},
    "rollouts-keep-house": {"task": "rollouts.keep_house", "schedule": 3600.0},
}
CELERY_BEAT_SCHEDULE_FILENAME = env.str("BEAT_SCHEDULE_FILE", default=str(VAR_DIR / "beat"))
CELERY_TIMEZONE = TIME_ZONE

# Intake limits: what a sender may push in one request.
MDM_MAX_BODY_BYTES = 16 * 1024 * 1024
MDM_MAX_UNPACKED_BYTES = 128 * 1024 * 1024
MDM_MAX_RECORDS = 5000
# What an Apple device answers, as an MDM forwards it inside an event.
MDM_MAX_PLIST_BYTES = env.int("MDM_MAX_PLIST_BYTES", default=4 * 1024 * 1024)
MDM_MAX_BACKLOG = env.int("MDM_MAX_BACKLOG", default=500)
# How long a worker may take over one delivery before another takes it.
MDM_LEASE_SECONDS = env.int("MDM_LEASE_SECONDS", default=120)
# What is forgotten when: bodies of applied deliveries, and idempotency keys.
MDM_KEEP_BODIES_DAYS = env.int("MDM_KEEP_BODIES_DAYS", default=30)
MDM_KEEP_KEYS_DAYS = 30
# Whose identity tokens Pub/Sub sends, and where the keys are that sign them.
GOOGLE_OIDC_ISSUERS = env.list(
    "GOOGLE_OIDC_ISSUERS", default=["https://accounts.google.com", "accounts.google.com"]
)
GOOGLE_OIDC_KEYS_URL = env.str("GOOGLE_OIDC_KEYS_URL", default="https://www.googleapis.com/oauth2/v3/certs")
# Files of facts: how large one may be, packed and unpacked, and how many rows it may have.
IMPORT_MAX_BYTES = 32 * 1024 * 1024
IMPORT_MAX_UNPACKED_BYTES = 256 * 1024 * 1024
IMPORT_MAX_ROWS = 200_000
# How long a worker may take without a word over one file before another takes it.
IMPORT_LEASE_SECONDS = env.int("IMPORT_LEASE_SECONDS", default=120)
# A bulk change of at most so many rows is made and taken back within the request, a larger one by a worker.
BULK_INLINE_ROWS = env.int("BULK_INLINE_ROWS", default=1000)
# Its statements take all rows at once, and say nothing until one is done.
BULK_LEASE_SECONDS = env.int("BULK_LEASE_SECONDS", default=600)
# Files hold personal data: they and what was read in them are forgotten after that time; the numbers stay.
IMPORT_KEEP_DAYS = env.int("IMPORT_KEEP_DAYS", default=30)
# Carriers' files name third parties: one that nobody decides on is forgotten sooner, one applied at once.
BILL_KEEP_DAYS = env.int("BILL_KEEP_DAYS", default=7)
# What the histories forget when (docs/reference/retention.md).
CHANGE_LOG_KEEP_DAYS = env.int("CHANGE_LOG_KEEP_DAYS", default=7 * 365 + 2)
ACCESS_LOG_KEEP_DAYS = env.int("ACCESS_LOG_KEEP_DAYS", default=2 * 365 + 1)
# Pictures beside feedback, counted from when the thread was settled.
PICTURES_KEEP_DAYS = env.int("PICTURES_KEEP_DAYS", default=2 * 365 + 1)
DAILY_FIGURES_KEEP_DAYS = env.int("DAILY_FIGURES_KEEP_DAYS", default=400)
DATA_UPLOAD_MAX_MEMORY_SIZE = MDM_MAX_BODY_BYTES + 1024

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"axes": {"level": "ERROR"}},
}
