from django.urls import path

from dialoog.partnerships import views

app_name = "partnerships"
urlpatterns = [
    path("mensen/", views.members, name="members"),
    path("mensen/uitnodigen/", views.invite, name="invite"),
    path("mensen/uitnodiging/<uuid:invitation>/opnieuw/", views.invite_again, name="invite_again"),
    path("mensen/uitnodiging/<uuid:invitation>/intrekken/", views.withdraw_invitation, name="withdraw_invitation"),
    path("mensen/<uuid:member>/", views.member, name="member"),
    path("mensen/<uuid:member>/afscheid/", views.say_goodbye, name="say_goodbye"),
    path("mijn-gegevens/", views.profile, name="profile"),
    path("mijn-gegevens/uiterlijk/", views.look, name="look"),
    path("tafel/", views.table, name="table"),
    path("tafel/wijzigen/", views.change_table, name="change_table"),
    path("thema.css", views.theme, name="theme"),
    path("stroom/", views.stream, name="stream"),
    path("schrijven/<slug:kind>/<uuid:thing>/", views.type_in, name="type_in"),
    path("tekst/<uuid:copy>/", views.settle, name="settle"),
]
