from django.urls import path

from dialoog.report.views import arranging, papers, reports

app_name = "report"
urlpatterns = [
    path("verslagen/", reports.list_reports, name="list"),
    path("verslagen/jaar/", papers.years, name="years"),
    path("verslagen/jaar/bestand/", papers.print_year, name="print_year"),
    path("verslagen/afspraken.xlsx", papers.commitments_sheet, name="commitments_sheet"),
    path("verslagen/ronde/<uuid:project>/", reports.detail, name="detail"),
    path("verslagen/ronde/<uuid:project>/begin/", reports.start, name="start"),
    path("verslagen/<uuid:report>/schrijven/", reports.write, name="write"),
    path("verslagen/<uuid:report>/schrijven/wenken/", reports.hints, name="hints"),
    path("verslagen/<uuid:report>/schrijven/eerder/", reports.text_history, name="text_history"),
    path("verslagen/<uuid:report>/lezen/", reports.preview, name="preview"),
    path("verslagen/<uuid:report>/lezen/<slug:readers>/", reports.preview_for, name="preview_for"),
    path("verslagen/<uuid:report>/indelen/<slug:readers>/", arranging.arrange, name="arrange"),
    path("verslagen/<uuid:report>/versies/", arranging.versions, name="versions"),
    path("verslagen/<uuid:report>/tekenen/", reports.sign, name="sign"),
    path("verslagen/<uuid:report>/terugnemen/", reports.take_back, name="take_back"),
    path("verslagen/<uuid:report>/nog-niet/", reports.not_yet, name="not_yet"),
    path("verslagen/<uuid:report>/nog-niet/weg/", reports.drop_not_yet, name="drop_not_yet"),
    path("verslagen/<uuid:report>/anders/", reports.dissent, name="dissent"),
    path("verslagen/anders/<uuid:dissent>/eerder/", reports.dissent_text, name="dissent_text"),
    path("verslagen/anders/<uuid:dissent>/weg/", reports.remove_dissent, name="remove_dissent"),
    path("verslagen/<uuid:report>/openbaar-maken/", reports.speak, name="speak"),
    path("verslagen/<uuid:report>/concept/", papers.print_draft, name="print_draft"),
    path("verslagen/<uuid:report>/concept.docx", papers.draft_word, name="draft_word"),
    path("verslagen/<uuid:report>/bladzijde/", papers.print_handout, name="print_handout"),
    path("verslagen/bestand/<uuid:printing>/", papers.printing, name="printing"),
    path("verslagen/bestand/<uuid:printing>/opnieuw/", papers.print_again, name="print_again"),
    path("verslagen/bestand/<uuid:printing>/bestand.pdf", papers.printed, name="printed"),
    path("verslagen/bewaard/<uuid:edition>/verslag.pdf", papers.kept_pdf, name="kept_pdf"),
    path("verslagen/bewaard/<uuid:edition>/verslag.html", papers.kept_page, name="kept_page"),
    path("verslagen/bewaard/<uuid:edition>/verslag.docx", papers.kept_word, name="kept_word"),
]
