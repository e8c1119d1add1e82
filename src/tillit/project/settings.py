"""One file of settings for every place. What differs between places is read from the environment (docs/drift.md)."""

import secrets
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from tillit.project import environment as env, mail_settings

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
    "tillit.apps.partnerships",
    "tillit.apps.collaborations",
    "tillit.apps.followup",
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
_PASSWORDS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _PASSWORDS + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _PASSWORDS + "CommonPasswordValidator"},
    {"NAME": _PASSWORDS + "UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email", "name")}},
]
ACCOUNT_ADAPTER = "tillit.web.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_LOGOUT_REDIRECT_URL = "start:start"
# What is guessed on one account is counted by axes, in the database; this is for many accounts from one address.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,20/300s/key"}
_FORMS = "tillit.web.accounts.forms."
ACCOUNT_FORMS = {
    "login": _FORMS + "SignIn",
    "add_email": _FORMS + "NewAddress",
    "change_password": _FORMS + "ChangePassword",
    "set_password": _FORMS + "FirstPassword",
    "reset_password": _FORMS + "ForgottenPassword",
    "reset_password_from_key": _FORMS + "NewPassword",
    "reauthenticate": _FORMS + "ConfirmByPassword",
}
MFA_FORMS = {
    "authenticate": _FORMS + "SecondStep",
    "reauthenticate": _FORMS + "ConfirmByCode",
    "activate_totp": _FORMS + "AddApp",
    "add_webauthn": _FORMS + "AddKey",
    "edit_webauthn": _FORMS + "RenameKey",
}
MFA_ADAPTER = "tillit.web.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tillit (demo)" if DEMO else "Tillit"
MFA_TOTP_TOLERANCE = 1  # clocks differ by half a minute
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
SOCIALACCOUNT_ADAPTER = "tillit.web.accounts.adapters.OrganisationsSignIn"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": env.identity_providers(env.folder("TILLIT_OIDC"))}}
# An identity whose address its provider has confirmed is the account that has that address; no other is.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
AXES_VERBOSE = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "tillit.web.accounts.views.locked_out"
AXES_CLIENT_IP_CALLABLE = "tillit.web.accounts.visitor.address_of"
AXES_DISABLE_ACCESS_LOG = True  # who signed in from where is in the list of their sessions, and ends with it
PROXIES = env.number("TILLIT_PROXIES", 0)
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"  # what is said once needs no session
SESSION_COOKIE_AGE = 3600 * env.number("TILLIT_SESSION_HOURS", 12)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# ---- language: Swedish at /, English at /en/, so that a page has one address per language and needs no cookie ------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# ---- mail: goes to a folder in the demo, and no further (docs/drift.md) --------------------------------------------
SITE_ADDRESS = mail_settings.site_address(ALLOWED_HOSTS, https=HTTPS)
EMAIL_HOST = env.text("TILLIT_MAIL_HOST")
EMAIL_BACKEND = (
    "tillit.web.mail.mailbox.Mailbox"
    if DEMO or (DEBUG and not EMAIL_HOST)
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_FILE_PATH = DATA / "mail"
_SECURITY = mail_settings.security()
EMAIL_PORT = env.number("TILLIT_MAIL_PORT", mail_settings.PORTS[_SECURITY])
EMAIL_USE_TLS, EMAIL_USE_SSL = _SECURITY == "starttls", _SECURITY == "tls"
EMAIL_HOST_USER = env.text("TILLIT_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("TILLIT_MAIL_PASSWORD")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = mail_settings.sender(SITE_ADDRESS)

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
MEDIA_ROOT = DATA / "documents"  # what is uploaded, by its hash; no address leads into it
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * UPLOAD_LIMIT  # a case in a hidden field is longer than the Excel file it came from
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "tillit.project.logs.Line", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("TILLIT_LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "axes": {"level": "WARNING"},  # it tells of every sign-in otherwise
    },
}
