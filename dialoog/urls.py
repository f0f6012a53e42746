"""The front door: every route of a table lies under its address and has a seat."""

from django.conf import settings
from django.urls import include, path

from dialoog import handover, start, withdrawing
from dialoog.partnerships import demo, views
from dialoog.partnerships.door import guard
from dialoog.report.views.checking import check
from projects.views import progress, reaching
from values.urls import room

table = [
    path("", start.start, name="start"),
    path("overdracht/", handover.handover, name="handover"),
    path("gesprekken/intrekken/", withdrawing.withdraw, name="withdraw"),
    path("", include("dialoog.partnerships.urls")),
    path("", include("values.urls")),
    path("", include("projects.urls")),
    path("", include("experiences.urls")),
    path("", include("analysis.urls")),
    path("", include("dialoog.advice.urls")),
    path("", include("dialoog.report.urls")),
]

urlpatterns = [
    path("", views.tables, name="tables"),
    path("hulp/", start.help, name="help"),
    path("uitnodiging/<str:token>/", views.invitation, name="invitation"),
    path("meedoen/<str:token>/", reaching.pledge_letter, name="pledge_letter"),
    path("voortgang/<str:token>/", progress.progress, name="progress"),
    path("voortgang/<str:token>/stoppen/", progress.stop_progress, name="stop_progress"),
    path("herinneringen/<str:token>/stoppen/", reaching.stop_reminders, name="stop_reminders"),
    path("controle/", check, name="check_report"),
    path("agenda/<str:token>/dialoog.ics", reaching.calendar, name="calendar"),
    path("intrekken/<slug:council>/", withdrawing.withdraw_alone, name="withdraw_alone"),
    path("inloggen/", include("dialoog.accounts.urls")),
    # Before the tables: a room is entered with a code and without an account.
    path("zaal/", include(room)),
    path("<slug:table>/", include(table)),
]

if settings.DEMO:
    urlpatterns = demo.urlpatterns + urlpatterns

handler400 = "dialoog.pages.bad_request"
handler404 = "dialoog.pages.not_found"

guard(urlpatterns)
