"""Somebody with an account gets in, and somebody without does not. Nothing of allauth's own shows."""

import re
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests import world
from tests.web.accounts.conftest import PASSWORD
from tests.world import let_in
from tillit.apps.accounts.models import Person, User

pytestmark = pytest.mark.django_db
SIGN_IN = "/konto/logga-in/"


def sign_in(client, email="anna.ek@example.se", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def test_the_page_asks_for_what_is_needed_in_the_visitors_language(client):
    page = client.get(SIGN_IN)
    assert "<h1>Logga in</h1>" in page.text
    assert "<h1>Sign in</h1>" in client.get("/en" + SIGN_IN).text
    assert 'autocomplete="current-password"' in page.text


def test_the_right_password_lets_in_and_the_head_says_who(client, anna):
    answer = sign_in(client)
    assert answer.status_code == 302
    page = client.get("/konto/").text
    assert "Anna Ek" in page
    assert "Nordkap Pharma AB" in page
    assert "Logga ut" in page


def test_somebody_led_to_sign_in_comes_back_to_where_they_were(client, anna):
    assert client.get("/konto/").headers["Location"] == "/konto/logga-in/?next=/konto/"
    assert sign_in(client, next="/konto/jag-agerar-for/").headers["Location"] == "/konto/jag-agerar-for/"
    client.logout()
    assert "evil" not in sign_in(client, next="https://evil.example/").headers["Location"]


@pytest.mark.parametrize("who", ["anna.ek@example.se", "ingen@example.se"])
def test_a_wrong_password_is_told_at_once_and_says_not_whether_there_is_an_account(client, anna, who):
    answer = sign_in(client, who, "fel")
    assert answer.status_code == 422
    assert "Adressen och lösenordet hör inte ihop" in answer.text
    assert f'value="{who}"' in answer.text


def test_empty_fields_are_told_at_the_field_and_above(client, anna):
    answer = sign_in(client, "", "")
    assert answer.status_code == 422
    assert answer.text.count("Det här behövs. Fyll i fältet.") == 4
    assert 'href="#id_login"' in answer.text


def test_after_five_guesses_even_the_right_password_is_refused_until_time_has_passed(client, anna):
    for _ in range(4):
        assert sign_in(client, password="fel").status_code == 422
    answer = sign_in(client, password="fel")
    assert answer.status_code == 429
    assert "Vänta 15 minuter" in answer.text
    assert sign_in(client).status_code == 429
    assert "För många försök" in sign_in(client).text

    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(client).status_code == 302


def test_guesses_from_elsewhere_lock_nobody_out_at_home(client, anna, settings):
    settings.PROXIES = 1
    for _ in range(5):
        client.post(SIGN_IN, {"login": anna.email, "password": "fel"}, headers={"x-forwarded-for": "203.0.113.9"})
    home = {"x-forwarded-for": "203.0.113.9, 192.0.2.7"}
    assert client.post(SIGN_IN, {"login": anna.email, "password": PASSWORD}, headers=home).status_code == 302


def test_an_account_that_is_shut_off_gets_no_further(client, anna):
    User.objects.update(is_active=False)
    answer = client.post(SIGN_IN, {"login": anna.email, "password": PASSWORD}, follow=True)
    assert "Kontot är avstängt" in answer.text
    assert client.get("/konto/").status_code == 302


def test_signing_out_takes_a_press_and_ends_it(client, anna):
    let_in(client, anna)
    assert "Vill du logga ut?" in client.get("/konto/logga-ut/").text
    assert client.get("/konto/").status_code == 200
    answer = client.post("/konto/logga-ut/", follow=True)
    assert "Du är utloggad." in answer.text
    assert client.get("/konto/").status_code == 302
    assert "Du är utloggad." not in client.get("/").text


def test_nobody_signs_up_and_the_page_says_how_one_gets_in(client):
    page = client.get("/konto/nytt/")
    assert "Ett konto får du genom en inbjudan" in page.text
    client.post("/konto/nytt/", {"email": "ny@example.se", "password1": PASSWORD})
    assert not User.objects.exists()


def test_open_pages_are_kept_free_of_cookies_for_a_visitor(client):
    for address in ("/", "/prova/", "/regler/", "/oppet/"):
        answer = client.get(address)
        assert answer.cookies == SimpleCookie(), address
        assert "Cache-Control" not in answer, address
        assert 'href="/konto/logga-in/"' in answer.text


def test_an_open_page_read_by_somebody_signed_in_is_kept_by_nobody(client, anna):
    answer = let_in(client, anna).get("/regler/")
    assert "Anna Ek" in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]


# ---- a forgotten and a changed password ---------------------------------------------------------------------------


def link_in(letter):
    return re.findall(r"https?://testserver(/\S+)", letter.body)[0]


def test_a_forgotten_password_is_chosen_anew_by_a_link_that_works_once(client, anna):
    client.post("/konto/losenord/glomt/", {"email": anna.email})
    assert mail.outbox[0].subject == "Välj ett nytt lösenord"
    link = link_in(mail.outbox[0])
    form = client.get(link, follow=True)
    assert "<h1>Välj ett nytt lösenord</h1>" in form.text
    short = client.post(form.wsgi_request.path, {"password1": "kort"})
    assert short.status_code == 422
    assert "12 tecken" in short.text
    assert client.post(form.wsgi_request.path, {"password1": "gröna kor går hem"}).status_code == 302
    assert sign_in(Client(), password="gröna kor går hem").status_code == 302
    assert "Länken gäller inte längre" in Client().get(link, follow=True).text


def test_an_address_without_an_account_is_answered_alike_and_told_by_mail(client, anna):
    known = client.post("/konto/losenord/glomt/", {"email": anna.email}, follow=True)
    other = client.post("/konto/losenord/glomt/", {"email": "ingen@example.se"}, follow=True)
    assert known.text.count("Om adressen har ett konto") == other.text.count("Om adressen har ett konto") == 1
    assert mail.outbox[1].subject == "Inget konto på den här adressen"


def test_a_tampered_link_is_refused(client, anna):
    client.post("/konto/losenord/glomt/", {"email": anna.email})
    link = link_in(mail.outbox[0])
    assert "Länken gäller inte längre" in client.get(link[:-3] + "xx/", follow=True).text


def test_a_mail_server_that_is_away_stops_no_page(client, anna, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert client.post("/konto/losenord/glomt/", {"email": anna.email}).status_code == 302


def test_a_mail_is_in_its_readers_language_not_the_pages(client, anna):
    User.objects.update(language="en")
    client.post("/konto/losenord/glomt/", {"email": anna.email})
    assert mail.outbox[0].subject == "Choose a new password"


def test_a_changed_password_ends_every_other_session_and_is_told(client, anna):
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    answer = client.post(
        "/konto/losenord/byt/", {"oldpassword": PASSWORD, "password1": "gröna kor går hem"}, follow=True
    )
    assert "Lösenordet är bytt" in answer.text
    assert elsewhere.get("/konto/").status_code == 302
    assert client.get("/konto/").status_code == 200
    assert mail.outbox[-1].subject == "Ditt lösenord är bytt"


def test_the_old_password_is_asked_for_and_the_new_one_may_not_be_the_address(client, anna):
    let_in(client, anna)
    answer = client.post("/konto/losenord/byt/", {"oldpassword": "fel", "password1": "anna.ek@example.se"})
    assert answer.status_code == 422
    assert "Det är inte ditt nuvarande lösenord." in answer.text
    assert "Ditt lösenord är alltför likt e-post." in answer.text


def test_passwords_are_hashed_with_argon2(anna):
    assert anna.user.password.startswith("argon2$argon2id$")


# ---- sessions ------------------------------------------------------------------------------------------------------


def test_sessions_are_listed_by_browser_and_ended_one_or_all(client, anna):
    firefox, phone = (
        Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"}),
        Client(
            headers={"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"}
        ),
    )
    for each in (client, firefox, phone):
        sign_in(each)
    page = client.get("/konto/sessioner/").text
    assert "Firefox, Linux" in page
    assert "Safari, iPhone" in page
    one = re.findall(r'action="(/konto/sessioner/\d+/avsluta/)"', page)[0]
    client.post(one)
    assert [each.get("/konto/").status_code for each in (client, firefox, phone)] == [200, 302, 200]
    assert "Alla andra webbläsare är utloggade." in client.post("/konto/sessioner/", follow=True).text
    assert [each.get("/konto/").status_code for each in (client, phone)] == [200, 302]


def test_nobody_ends_anothers_session(client, anna):
    sign_in(client)
    theirs = UserSession.objects.get(user=anna.user)
    other = let_in(Client(), world.person("Bo Al"))
    assert other.post(f"/konto/sessioner/{theirs.pk}/avsluta/").status_code == 404
    assert client.get("/konto/").status_code == 200


def test_a_sign_in_lasts_as_long_as_the_site_says(client, anna, settings):
    sign_in(client)
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE == 12 * 3600


# ---- the second step -----------------------------------------------------------------------------------------------


def confirmed(client):
    sign_in(client)
    client.post("/konto/bekrafta/", {"password": PASSWORD})


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def with_app(client):
    page = client.get("/konto/tvasteg/app/lagg-till/").text
    secret = re.findall(r'<code class="hash">(\w+)</code>', page)[0]
    assert "<svg" in page
    assert "data:" not in page
    return client.post("/konto/tvasteg/app/lagg-till/", {"code": code_of(secret)}, follow=True)


@pytest.mark.django_db(transaction=True)
def test_an_app_is_added_and_asked_for_from_then_on(client, anna):
    confirmed(client)
    answer = with_app(client)
    assert "Appen är tillagd." in answer.text
    assert "Reservkoder" in answer.text
    assert mail.outbox[-1].subject == "En app är tillagd på ditt konto"
    codes = re.findall(r"<code>(\d{8})</code>", answer.text)
    assert len(codes) == 10

    again = Client()
    step = again.post(SIGN_IN, {"login": anna.email, "password": PASSWORD}, follow=True)
    assert "<h1>Ett steg till</h1>" in step.text
    assert again.get("/konto/").status_code == 302
    wrong = again.post("/konto/tvasteg/kod/", {"code": "000000"})
    assert wrong.status_code == 422
    assert "Koden stämmer inte" in wrong.text
    assert again.post("/konto/tvasteg/kod/", {"code": codes[0]}).status_code == 302
    assert again.get("/konto/").status_code == 200

    third = Client()
    third.post(SIGN_IN, {"login": anna.email, "password": PASSWORD})
    assert third.post("/konto/tvasteg/kod/", {"code": codes[0]}).status_code == 422


def test_a_wrong_code_adds_no_app(client, anna):
    confirmed(client)
    client.get("/konto/tvasteg/app/lagg-till/")
    answer = client.post("/konto/tvasteg/app/lagg-till/", {"code": "000000"})
    assert answer.status_code == 422
    assert "Koden stämmer inte" in answer.text
    assert not Authenticator.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_app_is_taken_away_and_new_reserve_codes_are_made(client, anna):
    confirmed(client)
    with_app(client)
    assert "Nya reservkoder är gjorda" in client.post("/konto/tvasteg/reservkoder/nya/", follow=True).text
    assert mail.outbox[-1].subject == "Nya reservkoder till ditt konto"
    assert client.get("/konto/tvasteg/reservkoder/fil/").status_code == 200
    client.post("/konto/tvasteg/app/ta-bort/")
    assert not Authenticator.objects.filter(type="totp").exists()


def test_how_one_gets_in_is_changed_only_by_one_who_shows_once_more_who_they_are(client, anna):
    sign_in(client)
    asked = client.get("/konto/tvasteg/app/lagg-till/", follow=True)
    assert "<h1>Bekräfta att det är du</h1>" in asked.text
    assert client.post(asked.wsgi_request.get_full_path(), {"password": "fel"}).status_code == 422
    answer = client.post(asked.wsgi_request.get_full_path(), {"password": PASSWORD}, follow=True)
    assert "<h1>Lägg till app</h1>" in answer.text


# ---- the address ---------------------------------------------------------------------------------------------------


def test_an_address_is_changed_when_its_link_is_opened_and_the_person_follows(client, anna):
    confirmed(client)
    page = client.post("/konto/adress/", {"email": "anna@nordkap.example.se", "action_add": ""}, follow=True)
    assert "Väntar på att bekräftas" in page.text
    assert Person.objects.get(pk=anna.pk).email == "anna.ek@example.se"
    link = link_in(mail.outbox[-1])
    assert "Är anna@nordkap.example.se din e-postadress?" in client.get(link).text
    client.post(link)
    assert Person.objects.get(pk=anna.pk).email == "anna@nordkap.example.se"
    assert sign_in(Client(), "anna@nordkap.example.se").status_code == 302
    assert "Länken gäller inte längre" in client.get(link[:-4] + "abc/").text


# ---- for whom one acts, and in which language ------------------------------------------------------------------------


def test_one_of_several_organisations_is_chosen_and_stays_chosen_the_next_time(client, anna):
    region = world.region()
    world.role(anna, region, "contact_person")
    sign_in(client)
    page = client.get("/konto/jag-agerar-for/").text
    assert "kontaktperson för samverkansreglerna" in page
    client.post("/konto/jag-agerar-for/", {"organisation": str(region.pk)})
    assert client.get("/konto/").context["request"].actor.organisation == region
    client.logout()
    sign_in(client)
    assert client.get("/konto/").context["request"].actor.organisation == region


@pytest.mark.parametrize("chosen", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_organisation_one_has_no_role_in_cannot_be_chosen(client, anna, chosen):
    let_in(client, anna)
    answer = client.post("/konto/jag-agerar-for/", {"organisation": chosen})
    assert answer.status_code == 422
    assert "Välj en organisation som du har en roll i" in answer.text


def test_the_language_of_mails_is_chosen_and_nonsense_changes_nothing(client, anna):
    let_in(client, anna)
    client.post("/konto/sprak/", {"language": "en"})
    assert User.objects.get().language == "en"
    client.post("/konto/sprak/", {"language": "xx"})
    assert User.objects.get().language == "en"


# ---- every page ----------------------------------------------------------------------------------------------------

SIGNED_IN = [
    "/konto/",
    "/konto/jag-agerar-for/",
    "/konto/sessioner/",
    "/konto/adress/",
    "/konto/losenord/byt/",
    "/konto/tvasteg/",
    "/konto/tvasteg/app/lagg-till/",
    "/konto/nycklar/",
    "/konto/nycklar/lagg-till/",
    "/konto/organisation/",
    "/konto/bekrafta/",
    "/konto/logga-ut/",
]
OPEN = [
    SIGN_IN,
    "/konto/nytt/",
    "/konto/avstangt/",
    "/konto/losenord/glomt/",
    "/konto/losenord/glomt/skickat/",
    "/konto/losenord/glomt/klart/",
    "/konto/adress/skickat/",
    "/konto/adress/fel/",
    "/konto/organisation/avbrutet/",
    "/konto/organisation/fel/",
]
ENGLISH = re.compile(r"\b(the|your|you|password|sign|email|account|and)\b", re.IGNORECASE)


def read_by_a_person(text):
    text = re.sub(r"<script.*?</script>|<head>.*?</head>|<svg.*?</svg>", "", text, flags=re.DOTALL)
    text = re.sub(r'<a href="[^"]*" lang="en".*?</a>|lang="en">English', "", text)
    return re.sub(r"<[^>]+>", " ", text)


def in_our_look(client, address):
    page = client.get(address)
    assert page.status_code == (401 if address == "/konto/organisation/fel/" else 200), address
    assert page.text.count("<h1>") == 1, address
    assert 'href="/static/tillit/tillit.css"' in page.text
    assert ENGLISH.findall(read_by_a_person(page.text)) == [], address
    return client.get("/en" + address).text.count("<h1>") == 1


def test_every_page_of_one_s_own_is_in_our_look_and_holds_no_english(client, anna):
    confirmed(client)
    assert all(in_our_look(client, address) for address in SIGNED_IN)


def test_every_page_on_the_way_in_is_in_our_look_and_holds_no_english(client, db):
    assert all(in_our_look(client, address) for address in OPEN)


@pytest.mark.parametrize("address", SIGNED_IN[:-1])
def test_one_s_own_pages_ask_a_visitor_to_sign_in(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/konto/logga-in/")
