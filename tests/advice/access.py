"""The doors of advice and reply: a draft is nowhere for the other side, also not by its address."""

from dialoog.advice.models import AdviceReply
from tests.access import Access, everyone
from tests.advice import make

# Before sending even the address is nowhere for who is not of the writing side.
COUNCIL = {"anna": 404, "bram": 200, "dora": 200, "nico": 404}
COUNCIL_ACT = {"anna": 404, "bram": 302, "dora": 302, "nico": 404}
COUNCIL_EMPTY = {"anna": 404, "bram": 422, "dora": 422, "nico": 404}
MUNICIPALITY = {"anna": 200, "bram": 404, "dora": 404, "nico": 404}
MUNICIPALITY_ACT = {"anna": 302, "bram": 404, "dora": 404, "nico": 404}


def question(world):
    return {"enquiry": make.enquiry(world.anna).pk}


def asked(world):
    return {"enquiry": make.asked(world.anna).pk}


def draft(world):
    return {"advice": make.advice(world.bram).pk}


def point(world):
    advice = make.advice(world.bram)
    return {"point": make.point(world.bram, advice).pk}


def sent(world):
    return {"advice": make.sent(world.bram).pk}


def reply(world):
    return {"reply": make.reply(world.anna, make.sent(world.bram)).pk}


def answer(world):
    return {"answer": make.answer(make.reply(world.anna, make.sent(world.bram))).pk}


def replied(world):
    return {"reply": AdviceReply.objects.get(advice=make.answered(world.bram, world.anna)).pk}


def older_text(world):
    return {"version": 1, "number": 1}


ROUTES = {
    "advice:list": Access(get=everyone()),
    "advice:ask": Access(
        get={"anna": 200, "bram": 403, "dora": 403, "nico": 403},
        post={"anna": 422, "bram": 403, "dora": 403, "nico": 403},
    ),
    "advice:enquiry": Access(kwargs=question, get=MUNICIPALITY),
    "advice:change_enquiry": Access(kwargs=question, get=MUNICIPALITY, post=MUNICIPALITY | {"anna": 422}),
    "advice:enquiry_history": Access(kwargs=question, get=MUNICIPALITY, post=MUNICIPALITY_ACT, data=older_text),
    "advice:send_enquiry": Access(kwargs=question, post=MUNICIPALITY_ACT | {"anna": 422}),
    "advice:discard_enquiry": Access(kwargs=question, post=MUNICIPALITY_ACT),
    "advice:enquiry_letter": Access(kwargs=asked, get=everyone()),
    "advice:respond": Access(
        kwargs=asked,
        get={"anna": 403, "bram": 200, "dora": 200, "nico": 403},
        post={"anna": 403, "bram": 422, "dora": 422, "nico": 403},
    ),
    "advice:decline": Access(
        kwargs=asked,
        get={"anna": 403, "bram": 200, "dora": 200, "nico": 403},
        post={"anna": 403, "bram": 422, "dora": 422, "nico": 403},
    ),
    "advice:recall": Access(
        kwargs=asked,
        get={"anna": 200, "bram": 403, "dora": 403, "nico": 403},
        post={"anna": 422, "bram": 403, "dora": 403, "nico": 403},
    ),
    "advice:begin": Access(
        get={"anna": 403, "bram": 200, "dora": 200, "nico": 403},
        post={"anna": 403, "bram": 422, "dora": 422, "nico": 403},
    ),
    "advice:detail": Access(kwargs=draft, get=COUNCIL),
    "advice:change": Access(kwargs=draft, get=COUNCIL, post=COUNCIL_EMPTY),
    "advice:history": Access(kwargs=draft, get=COUNCIL, post=COUNCIL_ACT, data=older_text),
    "advice:send": Access(kwargs=draft, post=COUNCIL_EMPTY),
    "advice:discard": Access(kwargs=draft, post=COUNCIL_ACT),
    "advice:add_point": Access(kwargs=draft, get=COUNCIL, post=COUNCIL_EMPTY),
    "advice:change_point": Access(kwargs=point, get=COUNCIL, post=COUNCIL_EMPTY),
    "advice:drop_point": Access(kwargs=point, post=COUNCIL_ACT),
    "advice:point_history": Access(kwargs=point, get=COUNCIL, post=COUNCIL_ACT, data=older_text),
    "advice:letter": Access(kwargs=sent, get=everyone()),
    "advice:begin_reply": Access(kwargs=sent, post={"anna": 302, "bram": 403, "dora": 403, "nico": 403}),
    "advice:reply": Access(kwargs=reply, get=MUNICIPALITY, post=MUNICIPALITY_ACT),
    "advice:reply_history": Access(kwargs=reply, get=MUNICIPALITY, post=MUNICIPALITY_ACT, data=older_text),
    "advice:answer": Access(kwargs=answer, get=MUNICIPALITY, post=MUNICIPALITY_ACT),
    "advice:answer_history": Access(kwargs=answer, get=MUNICIPALITY, post=MUNICIPALITY_ACT, data=older_text),
    "advice:send_reply": Access(kwargs=reply, post=MUNICIPALITY_ACT | {"anna": 422}),
    "advice:reply_letter": Access(kwargs=replied, get=everyone()),
}
