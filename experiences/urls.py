from django.urls import path

from experiences.views import collecting as views
from experiences.views import keeping

app_name = "experiences"
urlpatterns = [
    path("gesprekken/", views.conversations, name="list"),
    path("gesprekken/nieuw/", views.begin, name="begin"),
    path("gesprekken/toestemming/", views.consent_text, name="consent_text"),
    path("gesprekken/intrekken/", views.withdraw, name="withdraw"),
    path("gesprekken/hulp/<uuid:project>/", views.helpers, name="helpers"),
    path("gesprekken/hulp/<uuid:helper>/stop/", views.dismiss, name="dismiss"),
    path("gesprekken/kopie/<uuid:copy>/", views.settle, name="settle"),
    path("gesprekken/kaartje/<uuid:draft>/", views.draft, name="draft"),
    path("gesprekken/kaartje/<uuid:draft>/woord/", views.clear, name="clear"),
    path("gesprekken/kaartje/<uuid:draft>/klaar/", views.offer, name="offer"),
    path("gesprekken/kaartje/<uuid:draft>/nakijken/", views.review, name="review"),
    path("gesprekken/kaartje/<uuid:draft>/goed/", views.approve, name="approve"),
    path("gesprekken/kaartje/<uuid:draft>/terug/", views.send_back, name="send_back"),
    path("gesprekken/kaartje/<uuid:draft>/weg/", views.drop, name="drop"),
    path("gesprekken/gemist/<uuid:project>/", views.missed, name="missed"),
    path("gesprekken/vrijgeven/<uuid:project>/", views.release, name="release"),
    path("gesprekken/wie-las-wat/", keeping.readings, name="readings"),
    path("gesprekken/<uuid:interview>/", views.interview, name="interview"),
    path("gesprekken/<uuid:interview>/bewaren/", views.save, name="save"),
    path("gesprekken/<uuid:interview>/woord/", views.swap, name="swap"),
    path("gesprekken/<uuid:interview>/klaar/", views.finish, name="finish"),
    path("gesprekken/<uuid:interview>/omstandigheden/", views.change, name="change"),
    path("gesprekken/<uuid:interview>/toestemming/", views.consent, name="consent"),
    path("gesprekken/<uuid:interview>/bereikbaar/", views.contact, name="contact"),
    path("gesprekken/<uuid:interview>/bereikbaar/wissen/", views.erase_contact, name="erase_contact"),
    path("gesprekken/<uuid:interview>/kaartje/", views.make_card, name="make_card"),
    path("kaartjes/<uuid:project>/", views.fragments, name="fragments"),
    path("kaartje/<uuid:fragment>/", views.fragment, name="fragment"),
]
