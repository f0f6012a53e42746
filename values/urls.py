from django.urls import path

from values import views

app_name = "values"
urlpatterns = [
    path("waarden/", views.values, name="list"),
    path("waarden/envelop/", views.own, name="own"),
    path("waarden/envelop/nieuw/", views.write, name="write"),
    path("waarden/envelop/klaar/", views.release, name="release"),
    path("waarden/envelop/terug/", views.take_back, name="take_back"),
    path("waarden/envelop/<uuid:view>/", views.rewrite, name="rewrite"),
    path("waarden/envelop/<uuid:view>/eruit/", views.take_out, name="take_out"),
    path("waarden/envelop/<uuid:view>/teksten/", views.view_history, name="view_history"),
    path("waarden/voorstel/", views.propose, name="propose"),
    path("waarden/<uuid:value>/", views.detail, name="detail"),
    path("waarden/<uuid:value>/woorden/", views.edit, name="edit"),
    path("waarden/<uuid:value>/teksten/", views.history, name="history"),
    path("waarden/<uuid:value>/akkoord/", views.agree, name="agree"),
    path("waarden/<uuid:value>/akkoord/terug/", views.retract, name="retract"),
    path("waarden/<uuid:value>/samen/", views.join, name="join"),
    path("waarden/<uuid:value>/los/", views.split, name="split"),
    path("waarden/<uuid:value>/zonder-voorbeeld/", views.waive_practice, name="waive_practice"),
    path("waarden/<uuid:value>/praktijk/", views.describe, name="describe"),
    path("waarden/praktijk/<uuid:practice>/", views.redescribe, name="redescribe"),
    path("waarden/praktijk/<uuid:practice>/weg/", views.drop, name="drop"),
    path("waarden/praktijk/<uuid:practice>/teksten/", views.practice_history, name="practice_history"),
]
