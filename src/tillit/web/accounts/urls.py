"""One's own account, invitations, and the demonstration's people. Sign-in itself is in `sign_in_urls`."""

from django.urls import path

from tillit.web.accounts import demo, invitation, views

app_name = "accounts"

urlpatterns = [
    path("konto/", views.account, name="account"),
    path("konto/sprak/", views.language, name="language"),
    path("konto/jag-agerar-for/", views.acting_for, name="acting_for"),
    path("konto/sessioner/<int:pk>/avsluta/", views.end_session, name="end_session"),
    path("konto/inbjudan/<str:token>/", invitation.invitation, name="invitation"),
    path("demo/", demo.people, name="demo"),
    path("demo/post/", demo.mailbox, name="demo_mail"),
    path("demo/<uuid:pk>/", demo.sign_in, name="demo_sign_in"),
]
