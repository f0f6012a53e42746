"""Who does what, when it is done, and another day for it."""

from django import forms
from django.utils import timezone

from dialoog.partnerships.models import Event, Party
from projects.forms.ground import RoundForm, day
from projects.models import Task


class TaskForm(RoundForm):
    """Who does what, and when it is done; a date may move without shame."""

    class Meta:
        model = Task
        fields = ["what", "member", "due", "note"]
        widgets = {"due": day()}
        error_messages = {
            "what": {"required": "Schrijf op wat er moet gebeuren."},
            "member": {"required": "Kies wie dit doet."},
            "due": {"required": "Kies een dag waarop het klaar is."},
        }

    def __init__(self, *args, project=None, **kwargs):
        super().__init__(*args, **kwargs)
        if project is not None:
            self.instance.project = project
            del self.fields["note"]
        self.choose_person("member", *Party.values)

    def clean(self):
        if self.instance.is_done:
            raise forms.ValidationError("Deze taak is al klaar. Pak hem eerst weer op.")
        return super().clean()

    def save(self, seat):
        adding, moved = self.instance._state.adding, "due" in self.changed_data
        task = super().save(seat)
        if adding and task.is_new:
            Event.record(seat, f"maakte een taak: {task.what}", thing=task.project)
        elif not adding:
            said = f"koos een andere dag voor een taak: {task.what}" if moved else f"veranderde een taak: {task.what}"
            Event.record(seat, said, thing=task.project)
        return task


class FinishForm(RoundForm):
    """The task is done, with a word about it if there is one."""

    class Meta:
        model = Task
        fields = ["note"]
        labels = {"note": "Wilt u er iets bij schrijven?"}
        help_texts = {
            "note": "Hoe ging het, of wat moet een ander weten? Mag leeg blijven. Schrijf geen namen van vertellers op."
        }

    def save(self, seat):
        self.instance.finish(seat, self.cleaned_data["note"])
        return self.instance


class MoveTaskForm(RoundForm):
    """Another day for a task, without having to say why."""

    class Meta:
        model = Task
        fields = ["due"]
        labels = {"due": "Wanneer lukt het wel?"}
        widgets = {"due": day()}
        error_messages = {"due": {"required": "Kies een dag die wel past."}}

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError("Deze dag is al geweest. Kies een dag die nog komt.")
        return due

    def save(self, seat):
        # The form has already written on the instance; the act compares with what is kept.
        kept = Task.objects.visible_to(seat).select_related("project").get(pk=self.instance.pk)
        kept.move(seat, self.cleaned_data["due"])
        return kept
