"""The forms of sign-in, with our words: a label, a hint, and an error that says what to do."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as keys
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.apps.accounts.models import User

_ADDRESS = _("E-postadress")
_PASSWORD = _("Lösenord")
_NEW_PASSWORD = _("Nytt lösenord")
_LONG = _("Minst 12 tecken. Några ord efter varandra är lätta att minnas och svåra att gissa.")
_CODE = _("Kod")
_SIX = _("Sex siffror ur appen.")
_NEEDED = {"required": _("Det här behövs. Fyll i fältet.")}
Words = dict[str, tuple[str | Promise, str | Promise]]


class InOurWords:
    """Gives fields their label and hint, and asks for a new password once: who mistypes it can choose a new one."""

    words: ClassVar[Words] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        fields.pop("password2", None)
        for name, (label, hint) in self.words.items():
            fields[name].label, fields[name].help_text = label, hint
            fields[name].error_messages["required"] = _NEEDED["required"]


class SignIn(InOurWords, account.LoginForm):  # type: ignore[misc]
    words: ClassVar[Words] = {"login": (_ADDRESS, ""), "password": (_PASSWORD, "")}


class NewAddress(InOurWords, account.AddEmailForm):  # type: ignore[misc]
    words: ClassVar[Words] = {
        "email": (_("Ny e-postadress"), _("Vi skickar en länk dit. Adressen byts när du öppnar den."))
    }


class ChangePassword(InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    words: ClassVar[Words] = {"oldpassword": (_("Nuvarande lösenord"), ""), "password1": (_NEW_PASSWORD, _LONG)}


class FirstPassword(InOurWords, account.SetPasswordForm):  # type: ignore[misc]
    words: ClassVar[Words] = {"password1": (_PASSWORD, _LONG)}


class ForgottenPassword(InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    words: ClassVar[Words] = {"email": (_ADDRESS, _("Den som du loggar in med."))}


class NewPassword(InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    words: ClassVar[Words] = {"password1": (_NEW_PASSWORD, _LONG)}


class ConfirmByPassword(InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    words: ClassVar[Words] = {"password": (_PASSWORD, "")}


class SecondStep(InOurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    words: ClassVar[Words] = {"code": (_CODE, _("Sex siffror ur appen, eller en av dina reservkoder."))}


class ConfirmByCode(InOurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    words: ClassVar[Words] = {"code": (_CODE, _("Sex siffror ur appen, eller en av dina reservkoder."))}


class AddApp(InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    words: ClassVar[Words] = {"code": (_("Koden som appen visar nu"), _SIX)}


class AddKey(InOurWords, keys.AddWebAuthnForm):  # type: ignore[misc]
    words: ClassVar[Words] = {
        "name": (_("Namn på nyckeln"), _("Så att du känner igen den, till exempel Jobbtelefonen.")),
        "passwordless": (
            _("Logga in med bara nyckeln"),
            _("Kräver en nyckel som ber om fingeravtryck, ansikte eller pinkod."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["credential"].error_messages["required"] = _("Ingen nyckel svarade. Försök igen.")


class RenameKey(InOurWords, keys.EditWebAuthnForm):  # type: ignore[misc]
    words: ClassVar[Words] = {"name": (_("Namn på nyckeln"), "")}


class NewAccount(forms.Form):
    """What somebody who is asked in has to say to get an account; the address is that of the invitation."""

    name = forms.CharField(
        label=_("Namn"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages=_NEEDED,
    )
    password = forms.CharField(
        label=_PASSWORD,
        help_text=_LONG,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages=_NEEDED,
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "password" in given:
            try:
                validate_password(given["password"], User(email=self.email, name=given.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given
