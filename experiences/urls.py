from django.urls import URLPattern

app_name = "experiences"
urlpatterns: list[URLPattern] = []
