"""How allauth does what it does, on this site: nobody signs up, mails follow their reader's language."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, gettext_lazy as _

from tillit.apps.accounts import actions
from tillit.apps.accounts.models import Person, User
from tillit.apps.audit.actions import note
from tillit.apps.parties.models import Invitation
from tillit.core.text import personal_number_in
from tillit.web.accounts.acting import home
from tillit.web.accounts.visitor import address_of

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts with an e-mail address. They are opened by an invitation, never here."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Kontot är avstängt. Fråga organisationens administratör."),
        "duplicate_email": _("Det är adressen som kontot redan har."),
        "email_password_mismatch": _(
            "Adressen och lösenordet hör inte ihop. Försök igen, eller välj ett nytt lösenord."
        ),
        "email_taken": _("Adressen har redan ett annat konto."),
        "enter_current_password": _("Det är inte ditt nuvarande lösenord."),
        "incorrect_code": _("Koden stämmer inte. Vänta på nästa kod i appen och försök igen."),
        "incorrect_password": _("Lösenordet stämmer inte."),
        "invalid_password_reset": _("Länken gäller inte längre. Be om en ny."),
        "rate_limited": _("Det blev många försök på kort tid. Vänta en stund och försök igen."),
        "same_as_current": _("Det är adressen som kontot redan har."),
        "too_many_login_attempts": _("Det blev många försök på kort tid. Vänta en stund och försök igen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:account")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("accounts:account" if self.request.user.is_authenticated else "account_login")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        said = {
            "reauthenticate": _("Med lösenord"),
            "mfa_reauthenticate": _("Med kod från appen"),
            "mfa_reauthenticate:webauthn": _("Med nyckel"),
        }
        return [each | {"description": said[each["id"]]} for each in super().get_reauthentication_methods(user)]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        if sociallogin := (kwargs.get("signal_kwargs") or {}).get("sociallogin"):
            keep_hsa_id(user, sociallogin)
        return answer

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed:
            user = User.objects.get(pk=email_address.user_id)
            person = actions.follow_address(user=user)
            note("accounts.address_confirmed", subject=user, by=person, at=timezone.now())
        return confirmed

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        reader = context.get("user") or User.objects.filter(email__iexact=email).first()
        with translation.override(getattr(reader, "language", None) or translation.get_language()):
            letter: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        return letter

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or tell the log that it could not be sent: what was done stands; nobody learns who has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            log.exception("A mail of sign-in could not be sent: %s", template_prefix)


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step, and keys."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Koden stämmer inte. Vänta på nästa kod i appen och försök igen."),
        "cannot_generate_recovery_codes": _("Reservkoder behövs först när kontot har en app eller en nyckel."),
    }

    def _get_site_name(self) -> str:
        return "Tillit"

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's word
        known = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Min nyckel") if not known else gettext("Nyckel %(number)s") % {"number": known + 1}


class OrganisationsSignIn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Identities from the organisations' own sign-in, by OpenID Connect."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": _("Välj först ett lösenord. Annars kommer du inte in igen."),
        "connected_other": _("Identiteten är redan kopplad till ett annat konto."),
    }

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process") == "connect":
            if request.user.is_authenticated and (not sociallogin.is_existing or sociallogin.user == request.user):
                keep_hsa_id(request.user, sociallogin)
            return
        if not sociallogin.is_existing and (why := self._why_not(sociallogin)):
            context = {"why": why, "provider": sociallogin.provider.name, "email": _addresses(sociallogin)}
            raise ImmediateHttpResponse(render(request, "socialaccount/not_let_in.html", context, status=403))

    def _why_not(self, sociallogin: SocialLogin) -> str:
        """Return why an identity that nobody has connected is not let in: "" when an open invitation waits for it."""
        verified = [each.email for each in sociallogin.email_addresses if each.verified is True]
        if not verified:
            return "unverified"
        waiting = Invitation.objects.filter(
            email__iexact=verified[0],
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=timezone.now(),
        )
        return "" if waiting.exists() else "unknown"

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return not self._why_not(sociallogin)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Return the account that there may be, and let nothing more of what the provider told be kept than is needed.

        Comes before anything is looked up or written.
        """
        without_personal_numbers(sociallogin)
        user: User = super().populate_user(request, sociallogin, data)
        user.name = str(data.get("name") or "")[:200]
        user.language = "en" if translation.get_language() == "en" else "sv"
        return user

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        user: User = super().save_user(request, sociallogin, form)
        person = actions.give_person(user=user, verified=True)
        note("accounts.opened", subject=user, by=person, at=timezone.now())
        return user


def without_personal_numbers(sociallogin: SocialLogin) -> None:
    """Keep of an identity what it is known by, its name and addresses, and its HSA-id. Brokers send a great deal more.

    Where a provider knows people by their personal numbers, a keyed hash takes the number's place. An address counts as
    confirmed when the provider says true, in whichever way JSON is written, and never otherwise.
    """
    account = sociallogin.account
    if personal_number_in(account.uid):
        account.uid = salted_hmac(
            "tillit.identity", f"{account.provider} {account.uid}", algorithm="sha256"
        ).hexdigest()
    told, claim = _told(sociallogin), sociallogin.provider.app.settings.get("hsa_claim") or ""
    kept = {key: told[key] for key in ("name", "email", claim) if isinstance(told.get(key), str)}
    account.extra_data = {"userinfo": {"sub": account.uid, **kept}}
    for address in sociallogin.email_addresses:
        address.verified = str(address.verified).lower() == "true"


def keep_hsa_id(user: User, sociallogin: SocialLogin) -> None:
    """Keep the HSA-id that the provider tells of, when it does and it is one."""
    told = _told(sociallogin).get(sociallogin.provider.app.settings.get("hsa_claim") or "")
    person = Person.objects.filter(user=user).first()
    if isinstance(told, str) and person is not None and actions.keep_hsa_id(person=person, told=told):
        note("accounts.hsa_id_kept", subject=person, by=person, at=timezone.now())


def _told(sociallogin: SocialLogin) -> dict[str, Any]:
    told: dict[str, Any] = sociallogin.account.extra_data
    return told.get("userinfo") or told.get("id_token") or told


def _addresses(sociallogin: SocialLogin) -> str:
    return ", ".join(each.email for each in sociallogin.email_addresses)
