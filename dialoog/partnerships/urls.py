from django.urls import path

from dialoog.partnerships import views

app_name = "partnerships"
urlpatterns = [
    path("stroom/", views.stream, name="stream"),
    path("tekst/<uuid:copy>/", views.settle, name="settle"),
]
