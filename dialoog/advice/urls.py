from django.urls import path

from dialoog.advice import views

app_name = "advice"
urlpatterns = [
    path("advies/", views.list_advice, name="list"),
    path("advies/vraag/nieuw/", views.ask, name="ask"),
    path("advies/vraag/<uuid:enquiry>/", views.enquiry, name="enquiry"),
    path("advies/vraag/<uuid:enquiry>/woorden/", views.change_enquiry, name="change_enquiry"),
    path("advies/vraag/<uuid:enquiry>/teksten/", views.enquiry_history, name="enquiry_history"),
    path("advies/vraag/<uuid:enquiry>/versturen/", views.send_enquiry, name="send_enquiry"),
    path("advies/vraag/<uuid:enquiry>/weg/", views.discard_enquiry, name="discard_enquiry"),
    path("advies/vraag/<uuid:enquiry>/vraag.pdf", views.enquiry_letter, name="enquiry_letter"),
    path("advies/vraag/<uuid:enquiry>/advies/", views.respond, name="respond"),
    path("advies/vraag/<uuid:enquiry>/geen-advies/", views.decline, name="decline"),
    path("advies/vraag/<uuid:enquiry>/intrekken/", views.recall, name="recall"),
    path("advies/nieuw/", views.begin, name="begin"),
    path("advies/<uuid:advice>/", views.detail, name="detail"),
    path("advies/<uuid:advice>/woorden/", views.change, name="change"),
    path("advies/<uuid:advice>/teksten/", views.history, name="history"),
    path("advies/<uuid:advice>/versturen/", views.send, name="send"),
    path("advies/<uuid:advice>/weg/", views.discard, name="discard"),
    path("advies/<uuid:advice>/punt/", views.add_point, name="add_point"),
    path("advies/punt/<uuid:point>/", views.change_point, name="change_point"),
    path("advies/punt/<uuid:point>/weg/", views.drop_point, name="drop_point"),
    path("advies/punt/<uuid:point>/teksten/", views.point_history, name="point_history"),
    path("advies/<uuid:advice>/advies.pdf", views.letter, name="letter"),
    path("advies/<uuid:advice>/antwoord/", views.begin_reply, name="begin_reply"),
    path("advies/antwoord/<uuid:reply>/", views.reply, name="reply"),
    path("advies/antwoord/<uuid:reply>/teksten/", views.reply_history, name="reply_history"),
    path("advies/antwoord/punt/<uuid:answer>/", views.answer, name="answer"),
    path("advies/antwoord/punt/<uuid:answer>/teksten/", views.answer_history, name="answer_history"),
    path("advies/antwoord/<uuid:reply>/versturen/", views.send_reply, name="send_reply"),
    path("advies/antwoord/<uuid:reply>/antwoord.pdf", views.reply_letter, name="reply_letter"),
]
