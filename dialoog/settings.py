"""All settings. The environment is read here and nowhere else; a wrong value stops the start with a sentence."""

import contextlib
import ipaddress
import os
import tempfile
from email.utils import formataddr, parseaddr
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name, default=""):
    return os.environ.get(f"DIALOOG_{name}", default).strip()


def env_flag(name, default=False):
    value = env(name, "yes" if default else "no").lower()
    if value not in {"yes", "no", "1", "0", "true", "false"}:
        raise ImproperlyConfigured(f"DIALOOG_{name} must be yes or no, not {value!r}.")
    return value in {"yes", "1", "true"}


def env_number(name, default):
    value = env(name, str(default))
    if not value.isdigit() or not int(value):
        raise ImproperlyConfigured(f"DIALOOG_{name} must be a whole number above 0, not {value!r}.")
    return int(value)


def database(url):
    """The database of `DIALOOG_DATABASE_URL`: sqlite:///absolute/path or postgresql://user:password@host:port/name."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            # Each thread keeps its file open: opening reads the whole schema, half the work of a small page.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # IMMEDIATE takes the write lock at BEGIN: with DEFERRED, two readers that both go on to write fail.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                # What is deleted is overwritten, so that nothing of a withdrawn card stays in the file.
                "PRAGMA secure_delete=ON;",
            },
            # The tests run real server threads beside the test itself, so their database is a file too.
            "TEST": {"NAME": VAR_DIR / f"test-{os.getpid()}.sqlite3"},
        }
    if parts.scheme in {"postgres", "postgresql"}:
        query = parse_qs(parts.query)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.get("host", [parts.hostname or ""])[0],
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "pool": {"min_size": 1, "max_size": 12, "timeout": 10},
                # What is asked for the fourth time is planned no more: half of the database's work for a page.
                "server_side_binding": True,
                "prepare_threshold": 3,
            },
        }
    raise ImproperlyConfigured("DIALOOG_DATABASE_URL must begin with sqlite:/// or postgresql://.")


VAR_DIR = Path(env("VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
# The councils' keys live apart from the database and its backup; see docs/security.md.
VAULT_DIR = Path(env("VAULT_DIR", str(VAR_DIR / "vault")))

DEMO = env_flag("DEMO")
DEBUG = env_flag("DEBUG")
# Behind https unless somebody says that this is a try-out on their own machine.
HTTPS = env_flag("HTTPS", default=not (DEMO or DEBUG))


def secret_key():
    """The key from the environment, or one that is made once and kept in var/."""
    given = env("SECRET_KEY")
    if given:
        if len(given) < 50:
            raise ImproperlyConfigured("DIALOOG_SECRET_KEY is too short: give it at least 50 characters.")
        return given
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        # Written whole before it gets its name: two first starts at once end with one key, and none reads half of it.
        handle, draft = tempfile.mkstemp(dir=VAR_DIR)
        with os.fdopen(handle, "w") as file:
            file.write(get_random_secret_key())
        with contextlib.suppress(FileExistsError):
            os.link(draft, kept)
        os.unlink(draft)
    return kept.read_text()


SECRET_KEY = secret_key()


def served_at():
    """Where `run` served last: what another command writes in a letter must lead there too."""
    kept = VAR_DIR / "address"
    return kept.read_text().strip() if kept.exists() else "http://127.0.0.1:8000"


SITE_URL = (env("SITE_URL") or served_at()).rstrip("/")
ALLOWED_HOSTS = [host for host in env("HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []


def proxies(given):
    """The addresses and networks whose word about who sends something is taken; nobody else's is."""
    named = [name.strip() for name in given.split(",") if name.strip()]
    for name in named:
        try:
            ipaddress.ip_network(name)
        except ValueError:
            raise ImproperlyConfigured(
                f"DIALOOG_PROXIES must be addresses or networks, with commas, not {name!r}."
            ) from None
    return named


# Behind https stands a proxy, on this machine unless somebody says otherwise. In a try-out there is none.
PROXIES = proxies(env("PROXIES", "127.0.0.1" if HTTPS else ""))

DATABASES = {"default": database(env("DATABASE_URL", f"sqlite://{VAR_DIR.resolve() / 'dialoog.sqlite3'}"))}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "django_htmx",
    "simple_history",
    "csp",
    "dialoog.accounts",
    "dialoog.live",
    "dialoog.partnerships",
    "values",
    "projects",
    "experiences",
    "analysis",
    "dialoog.advice",
    "dialoog.report",
    "dialoog",
]

MIDDLEWARE = [
    "dialoog.pages.manners",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dialoog.pages.LoginRequired",
    "simple_history.middleware.HistoryRequestMiddleware",
]

# Pages are drawn on this many threads of one process; each holds a database connection only while it works.
THREADS = env_number("THREADS", 10)
# Nobody sends more than this at once; the largest thing is a long conversation or a stylesheet.
LARGEST_REQUEST = 12 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Where PDF files are made: in a process beside this one, here while somebody waits, or elsewhere (`press --stay`).
PRESS = env("PRESS", "beside")
if PRESS not in ("beside", "here", "elsewhere"):
    raise ImproperlyConfigured(f"DIALOOG_PRESS must be beside, here or elsewhere, not {PRESS!r}.")

ROOT_URLCONF = "dialoog.urls"
WSGI_APPLICATION = None
ASGI_APPLICATION = "dialoog.asgi.application"

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
            ],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["dialoog.accounts.backends.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "dialoog.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Whoever has an account accepted an invitation that was sent to its address; a code shows it again.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "dialoog.accounts.forms.PasswordLogin",
    "request_login_code": "dialoog.accounts.forms.CodeRequest",
    "confirm_login_code": "dialoog.accounts.forms.CodeEntry",
    "change_password": "dialoog.accounts.forms.PasswordChange",
    "set_password": "dialoog.accounts.forms.PasswordChoice",
    "reauthenticate": "dialoog.accounts.forms.PasswordAgain",
}
MFA_ADAPTER = "dialoog.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "dialoog.accounts.forms.SecondStep",
    "reauthenticate": "dialoog.accounts.forms.SecondStepAgain",
    "activate_totp": "dialoog.accounts.forms.SecondStepStart",
    "login_webauthn": "dialoog.accounts.forms.PasskeyLogin",
    "authenticate_webauthn": "dialoog.accounts.forms.PasskeyStep",
    "reauthenticate_webauthn": "dialoog.accounts.forms.PasskeyAgain",
    "add_webauthn": "dialoog.accounts.forms.NewPasskey",
    "edit_webauthn": "dialoog.accounts.forms.PasskeyName",
}


def single_sign_on():
    """The municipality's own way to log in (OpenID Connect), or nothing when it is not set up."""
    url, client, secret = env("OIDC_URL").rstrip("/"), env("OIDC_CLIENT"), env("OIDC_SECRET")
    if not (url or client or secret):
        return {}
    if not (url and client and secret):
        raise ImproperlyConfigured("DIALOOG_OIDC_URL, DIALOOG_OIDC_CLIENT and DIALOOG_OIDC_SECRET belong together.")
    if HTTPS and not url.startswith("https://"):
        raise ImproperlyConfigured("DIALOOG_OIDC_URL must begin with https://.")
    domains = [domain.strip().lower() for domain in env("OIDC_DOMAINS").split(",") if domain.strip()]
    return {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "gemeente",
                    "name": env("OIDC_NAME", "uw gemeente"),
                    "client_id": client,
                    "secret": secret,
                    # Some providers do not say that an address is verified; for these domains their word is enough.
                    "settings": {"server_url": url, "oauth_pkce_enabled": True, "verified_email": domains},
                }
            ]
        }
    }


SOCIALACCOUNT_PROVIDERS = single_sign_on()
SOCIALACCOUNT_ADAPTER = "dialoog.partnerships.single_sign_on.MunicipalLogin"
# By the address each time, never by a link that is kept: who changes employer does not keep a way in.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
# A link, not a form: the policy lets forms go to our own address only.
SOCIALACCOUNT_LOGIN_ON_GET = True
SESSION_ENGINE = "dialoog.accounts.sessions"
# A day at a table at most; a shared computer forgets its user overnight.
SESSION_COOKIE_AGE = 12 * 60 * 60
# Files, so that all processes count the same tries to log in.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
    # Apart, so that it can be emptied: this kind of cache leaves on the disk what nobody asks for again.
    "paper": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache-paper",
    },
}

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A try-out and the tests serve straight from static/; production collects hashed copies first.
PLAIN_STATIC = env_flag("PLAIN_STATIC", default=DEMO or DEBUG)
WHITENOISE_USE_FINDERS = PLAIN_STATIC
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if PLAIN_STATIC:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = VAR_DIR / "media"

CRISPY_ALLOWED_TEMPLATE_PACKS = ["dialoog"]
CRISPY_TEMPLATE_PACK = "dialoog"

EMAIL_URL = urlsplit(env("EMAIL_URL"))
if EMAIL_URL.scheme in {"smtp", "smtps"}:
    EMAIL_HOST = EMAIL_URL.hostname
    EMAIL_PORT = EMAIL_URL.port or 587
    EMAIL_HOST_USER = unquote(EMAIL_URL.username or "")
    EMAIL_HOST_PASSWORD = unquote(EMAIL_URL.password or "")
    EMAIL_USE_SSL = EMAIL_URL.scheme == "smtps"
    EMAIL_USE_TLS = not EMAIL_USE_SSL
elif not EMAIL_URL.scheme:
    # Without a mail server letters land in a folder, where the one who runs the try-out can read them.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
else:
    raise ImproperlyConfigured("DIALOOG_EMAIL_URL must begin with smtp:// or smtps://.")
# A mail server that does not answer must not hold up who sends.
EMAIL_TIMEOUT = 20
# Without a name of its own the sender is called Dialoog: a bare address looks like somebody who wants your password.
sender, address = parseaddr(env("EMAIL_FROM", "dialoog@localhost"))
DEFAULT_FROM_EMAIL = formataddr((sender or "Dialoog", address))

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "dialoog.pages.csrf_refused"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # The prefix makes browsers refuse the cookie over http or from a sibling domain.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"


def without_links(record):
    """A link from a letter works for whoever has it: it stands in no line of the log."""
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    if match and "token" in match.kwargs:
        record.args = tuple(str(part).replace(match.kwargs["token"], "…") for part in record.args)
    return True


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_links": {"()": "django.utils.log.CallbackFilter", "callback": without_links}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_links"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
