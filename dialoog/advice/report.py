"""The chapter about advice of this round, with its reply or its silence."""

from dialoog.advice.models import Advice, AdviceReply
from dialoog.partnerships.report import Chapter


def chapters(project, public=False):
    """Each advice of this round that was sent; of a reply only what was sent."""
    sent = list(Advice.objects.filter(project=project, sent_at__isnull=False).with_people().order_by("sent_at"))
    if not sent:
        return []
    replies = AdviceReply.objects.filter(advice__in=sent, sent_at__isnull=False)
    answered = {reply.advice_id: {one.point_id: one for one in reply.answers()} for reply in replies}
    told = [
        (advice, [(point, answered.get(advice.pk, {}).get(point.pk)) for point in advice.points()]) for advice in sent
    ]
    context = {"letters": told, "partnership": project.partnership}
    return [Chapter("advies", "Advies en antwoord", "advice/report_advies.html", context)]
