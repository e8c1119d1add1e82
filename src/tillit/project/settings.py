"""One file of settings for every place. What differs between places is read from the environment (docs/drift.md)."""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from tillit.project import environment as env

HERE = Path(__file__).resolve().parent.parent

# ---- what the place says -------------------------------------------------------------------------------------------
DEMO = env.flag("TILLIT_DEMO")
DEBUG = env.flag("TILLIT_DEBUG")
HTTPS = env.flag("TILLIT_HTTPS")
DATA = Path(env.text("TILLIT_DATA", "data")).expanduser().absolute()
TEXTS = env.folder("TILLIT_TEXTS")
LOCAL = DEMO or DEBUG

SECRET_KEY = env.text("TILLIT_SECRET_KEY") or (secrets.token_urlsafe(48) if LOCAL else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "TILLIT_SECRET_KEY is not set. Make one, once, and keep it secret:"
        ' python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
    )
ALLOWED_HOSTS = env.words("TILLIT_HOSTS") or (["localhost", "127.0.0.1", "[::1]"] if LOCAL else [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("TILLIT_HOSTS is not set. Name the hosts of the site: TILLIT_HOSTS=tillit.example.se")
DATABASES = {"default": env.database(env.text("TILLIT_DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- the parts -----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
    "tillit.web",  # before allauth: its pages wear our look
    "tillit.api",
    "tillit.apps.accounts",
    "tillit.apps.audit",
    "tillit.apps.outbox",
    "tillit.apps.parties",
    "tillit.apps.documents",
    "tillit.apps.collaborations",
    "tillit.apps.register",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
AUTH_USER_MODEL = "accounts.User"
MIDDLEWARE = [
    "tillit.api.middleware.ApiAnswers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "tillit.web.accounts.acting.ActorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "tillit.project.urls"
WSGI_APPLICATION = "tillit.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# ---- who signs in, and how ------------------------------------------------------------------------------------------
LOGIN_URL = "account_login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
AXES_VERBOSE = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# ---- language: Swedish at /, English at /en/, so that a page has one address per language and needs no cookie ------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# ---- static files: served by ourselves; in operation under names that hold their content's hash --------------------
STATIC_URL = "/static/"
STATIC_ROOT = None if LOCAL else DATA / "static"
WHITENOISE_USE_FINDERS = LOCAL
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# ---- what a browser may do, and what we take in --------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_TRUSTED_ORIGINS = env.words("TILLIT_ORIGINS")
if HTTPS:
    # The proxy in front ends TLS and must set this header itself, whatever the visitor sent.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
    SECURE_HSTS_SECONDS = 31_536_000
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = True

MEGABYTE = 1024 * 1024
UPLOAD_LIMIT = env.number("TILLIT_UPLOAD_MB", 5) * MEGABYTE
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * UPLOAD_LIMIT  # a case in a hidden field is longer than the Excel file it came from
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("TILLIT_LOG_LEVEL", "INFO").upper()},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
