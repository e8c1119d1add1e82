"""Every address of the site. The pages have one address per language; the rest speaks to machines."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from tillit.api.v1 import site as api_v1
from tillit.project.health import health

handler429 = "tillit.web.accounts.views.too_many"
urlpatterns = [
    path("halsa/", health, name="health"),
    path("api/v1/", api_v1.addresses()),
    *i18n_patterns(
        path("", include("tillit.web.start.urls")),
        path("", include("tillit.web.check.urls")),
        path("", include("tillit.web.guide.urls")),
        path("", include("tillit.web.rules.urls")),
        path("", include("tillit.web.look.urls")),
        path("", include("tillit.web.register.urls")),
        path("", include("tillit.web.accounts.urls")),
        path("", include("tillit.web.accounts.sign_in_urls")),
        path("", include("tillit.web.parties.urls")),
        path("", include("tillit.web.collaborations.urls")),
        path("", include("tillit.web.approvals.urls")),
        path("", include("tillit.web.partnerships.urls")),
        path("", include("tillit.web.followup.urls")),
        path("", include("tillit.web.work.urls")),
        path("", include("tillit.web.search.urls")),
        prefix_default_language=False,
    ),
]
