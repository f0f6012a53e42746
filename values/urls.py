from django.urls import path

from values.views import accounts, reviews, workshop
from values.views import room as rooms
from values.views import table as views

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
    path("waarden/bijeenkomsten/", workshop.workshops, name="workshops"),
    path("waarden/bijeenkomsten/nieuw/", workshop.open_workshop, name="open_workshop"),
    path("waarden/bijeenkomsten/<uuid:workshop>/", workshop.desk, name="workshop"),
    path("waarden/bijeenkomsten/<uuid:workshop>/scherm/", workshop.screen, name="workshop_screen"),
    path("waarden/bijeenkomsten/<uuid:workshop>/instellen/", workshop.change, name="change_workshop"),
    path("waarden/bijeenkomsten/<uuid:workshop>/fase/", workshop.move, name="move_workshop"),
    path("waarden/bijeenkomsten/<uuid:workshop>/samen/", workshop.lay_words, name="lay_words"),
    path("waarden/bijeenkomsten/<uuid:workshop>/los/", workshop.part_words, name="part_words"),
    path("waarden/bijeenkomsten/<uuid:workshop>/woord/", workshop.hide_word, name="hide_word"),
    path("waarden/bijeenkomsten/<uuid:workshop>/voorbeeld/", workshop.hide_example, name="hide_example"),
    path("waarden/bijeenkomsten/<uuid:workshop>/uitslag/", workshop.result, name="workshop_result"),
    path("waarden/grondwaarde/", accounts.note_statutory, name="note_statutory"),
    path("waarden/grondwaarde/<uuid:statutory>/", accounts.change_statutory, name="change_statutory"),
    path("waarden/grondwaarde/<uuid:statutory>/weg/", accounts.drop_statutory, name="drop_statutory"),
    path("waarden/grondwaarde/<uuid:statutory>/teksten/", accounts.statutory_history, name="statutory_history"),
    path("waarden/in-de-maak/", reviews.reviews, name="reviews"),
    path("waarden/in-de-maak/nieuw/", reviews.bring, name="bring_review"),
    path("waarden/in-de-maak/<uuid:review>/", reviews.review, name="review"),
    path("waarden/in-de-maak/<uuid:review>/woorden/", reviews.change_review, name="change_review"),
    path("waarden/in-de-maak/<uuid:review>/teksten/", reviews.review_history, name="review_history"),
    path("waarden/in-de-maak/<uuid:review>/verslag/", reviews.speak_review, name="speak_review"),
    path("waarden/in-de-maak/<uuid:review>/stuk.pdf", reviews.review_pdf, name="review_pdf"),
    path("waarden/in-de-maak/waarde/<uuid:point>/", reviews.point, name="point"),
    path("waarden/in-de-maak/waarde/<uuid:point>/teksten/", reviews.point_history, name="point_history"),
    path("waarden/uitleg/<uuid:account>/teksten/", accounts.account_history, name="account_history"),
    path("waarden/<uuid:value>/", views.detail, name="detail"),
    path("waarden/<uuid:value>/uitleg/toen-en-nu/", accounts.compare_accounts, name="compare"),
    path("waarden/<uuid:value>/uitleg/<slug:part>/", accounts.account, name="account"),
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

# The one part of Dialoog that people use without an account: see docs/security.md, "De zaal".
room = (
    [
        path("", rooms.entrance, name="entrance"),
        path("<str:code>/", rooms.room, name="room"),
        path("<str:code>/groep/", rooms.group, name="group"),
        path("<str:code>/voorbeeld/", rooms.example, name="example"),
        path("<str:code>/waarden/", rooms.words, name="words"),
        path("<str:code>/stand/", rooms.stand, name="stand"),
        path("<str:code>/uitslag/", rooms.result, name="result"),
    ],
    "room",
)
