"""The pages of allauth under addresses of ours. Their names are allauth's own, since its code goes by them.

What is not here (sign-up with a passkey, sign-in by a mailed code, telephone numbers) is not offered.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as connected
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.usersessions import views as sessions
from django.urls import URLPattern, include, path as plain_path, re_path

from tillit.web.accounts.answering import View, ours, to_provider


def path(route: str, view: View, *, name: str) -> URLPattern:
    """Return the address of a page of allauth that answers as ours do."""
    return plain_path(route, ours(view), name=name)


_password = [
    path("byt/", account.password_change, name="account_change_password"),
    path("valj/", account.password_set, name="account_set_password"),
    path("glomt/", account.password_reset, name="account_reset_password"),
    path("glomt/skickat/", account.password_reset_done, name="account_reset_password_done"),
    path("glomt/klart/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        ours(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
_second_step = [
    path("", mfa.index, name="mfa_index"),
    path("kod/", mfa.authenticate, name="mfa_authenticate"),
    path("bekrafta/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("app/lagg-till/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/ta-bort/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("reservkoder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("reservkoder/nya/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("reservkoder/fil/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
_keys = [
    path("", keys.list_webauthn, name="mfa_list_webauthn"),
    path("lagg-till/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("logga-in/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("bekrafta/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("<int:pk>/namn/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("<int:pk>/ta-bort/", keys.remove_webauthn, name="mfa_remove_webauthn"),
]
_organisations_sign_in = [
    path("", connected.connections, name="socialaccount_connections"),
    path("avbrutet/", connected.login_cancelled, name="socialaccount_login_cancelled"),
    path("fel/", connected.login_error, name="socialaccount_login_error"),
    path("nytt/", connected.signup, name="socialaccount_signup"),
    path("<slug:provider_id>/", to_provider(oidc.login), name="openid_connect_login"),
    path("<slug:provider_id>/svar/", oidc.callback, name="openid_connect_callback"),
]

urlpatterns = [
    path("konto/logga-in/", account.login, name="account_login"),
    path("konto/logga-ut/", account.logout, name="account_logout"),
    path("konto/avstangt/", account.account_inactive, name="account_inactive"),
    path("konto/nytt/", account.signup, name="account_signup"),
    path("konto/bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("konto/adress/", account.email, name="account_email"),
    path("konto/adress/skickat/", account.email_verification_sent, name="account_email_verification_sent"),
    path("konto/adress/<str:key>/", account.confirm_email, name="account_confirm_email"),
    plain_path("konto/losenord/", include(_password)),
    plain_path("konto/tvasteg/", include(_second_step)),
    plain_path("konto/nycklar/", include(_keys)),
    path("konto/sessioner/", sessions.list_usersessions, name="usersessions_list"),
    plain_path("konto/organisation/", include(_organisations_sign_in)),
]
