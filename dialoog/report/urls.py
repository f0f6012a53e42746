from django.urls import path

from dialoog.report import views

app_name = "report"
urlpatterns = [
    path("verslagen/", views.list_reports, name="list"),
    path("verslagen/ronde/<uuid:project>/", views.detail, name="detail"),
    path("verslagen/ronde/<uuid:project>/begin/", views.start, name="start"),
    path("verslagen/<uuid:report>/schrijven/", views.write, name="write"),
    path("verslagen/<uuid:report>/schrijven/eerder/", views.text_history, name="text_history"),
    path("verslagen/<uuid:report>/lezen/", views.preview, name="preview"),
    path("verslagen/<uuid:report>/lezen/openbaar/", views.preview_public, name="preview_public"),
    path("verslagen/<uuid:report>/tekenen/", views.sign, name="sign"),
    path("verslagen/<uuid:report>/terugnemen/", views.take_back, name="take_back"),
    path("verslagen/<uuid:report>/anders/", views.dissent, name="dissent"),
    path("verslagen/anders/<uuid:dissent>/weg/", views.remove_dissent, name="remove_dissent"),
    path("verslagen/<uuid:report>/openbaar-maken/", views.speak, name="speak"),
    path("verslagen/<uuid:report>/concept.pdf", views.draft, name="draft"),
    path("verslagen/<uuid:report>/concept/", views.prepare, name="prepare"),
    path("verslagen/bewaard/<uuid:edition>/verslag.pdf", views.kept_pdf, name="kept_pdf"),
    path("verslagen/bewaard/<uuid:edition>/verslag.html", views.kept_page, name="kept_page"),
]
