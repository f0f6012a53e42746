"""Acts that were under way when something else happened: what was taken away or taken back stays so."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from dialoog.partnerships.ledger import Ledger
from dialoog.partnerships.models import Invitation, Member, Partnership
from dialoog.partnerships.models.things import ChangesOnly
from projects.models import RoundDraft, Task
from tests.partnerships import make
from tests.projects import make as projects


def removed_while_saving(bram, dora):
    """Dora changes her name; before that is kept, Bram says goodbye to her."""
    under_way = Member.objects.get(pk=dora.pk)
    Member.objects.get(pk=dora.pk).leave(bram)
    under_way.introduce(name="Dora V.", function="lid")
    return Member.objects.get(pk=dora.pk)


@pytest.mark.promise("S1")
def test_who_is_removed_while_saving_something_stays_removed(bram, dora):
    gone = removed_while_saving(bram, dora)
    assert not gone.is_active and gone.name == "Dora V."


@pytest.fixture
def backup(bram, dora, settings, tmp_path, django_capture_on_commit_callbacks):
    """Dora left, and a backup of the day before is put back."""
    settings.VAULT_DIR = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        dora.leave(bram)
    Member.objects.filter(pk=dora.pk).update(active_to=None)


@pytest.mark.promise("S1")
def test_who_left_stays_out_when_a_backup_of_before_is_put_back(backup, bram, dora, nico, browse):
    assert browse(dora).at("start").status_code == 200
    assert Member.leave_again() == 1
    assert browse(dora).at("start").status_code == 404
    # The others stay, once is enough, and who is asked anew has a seat of its own.
    assert Member.leave_again() == 0 and browse(nico).at("start").status_code == 200
    invited = make.invitation(bram, email=dora.user.email)
    assert invited.accept(user=dora.user).is_active and Member.leave_again() == 0
    assert browse(dora).at("start").status_code == 200


@pytest.mark.promise("S1", control=True)
def test_without_the_ledger_they_would_sit_there(backup, dora, browse):
    Ledger().file.unlink()
    assert Member.leave_again() == 0 and browse(dora).at("start").status_code == 200


@pytest.mark.promise("S1", control=True)
def test_a_save_of_every_field_would_bring_them_back(bram, dora, monkeypatch):
    monkeypatch.setattr(ChangesOnly, "_changed_fields", lambda self: None)
    assert removed_while_saving(bram, dora).is_active


def test_two_who_change_the_settings_of_the_table_keep_each_others_choice(table, bram, anna):
    hers = Partnership.objects.get(pk=table.pk)
    table.stories_second_step = True
    table.change(bram)
    hers.municipality_name = "Gemeente Groot-Oosterhage"
    hers.change(anna)
    kept = Partnership.objects.get(pk=table.pk)
    assert kept.stories_second_step and kept.municipality_name == "Gemeente Groot-Oosterhage"


@pytest.fixture
def task(bram):
    return projects.task(bram, projects.project(bram), what="De zaal regelen")


def test_what_was_taken_away_meanwhile_is_not_made_again(task):
    under_way = Task.objects.get(pk=task.pk)
    task.delete()
    under_way.what = "De soep maken"
    with pytest.raises(ValidationError, match="Dit is er niet meer"), transaction.atomic():
        under_way.save()
    assert not Task.objects.exists()


def test_a_field_that_was_not_named_in_a_save_waits_for_the_next(task):
    task.what, task.note = "De soep maken", "Zestien kommen"
    task.save(update_fields=["note"])
    assert Task.objects.get().what == "De zaal regelen"
    task.save()
    assert Task.objects.get().what == "De soep maken"


def test_a_list_that_was_changed_in_its_place_is_kept(bram):
    draft = RoundDraft.objects.create(partnership=bram.partnership, member=bram, tasks=[])
    draft = RoundDraft.objects.get(pk=draft.pk)
    draft.tasks.append("soep maken")
    draft.save()
    assert RoundDraft.objects.get(pk=draft.pk).tasks == ["soep maken"]


@pytest.mark.parametrize("meanwhile", ["taken back", "used"])
def test_a_letter_that_goes_slowly_does_not_open_the_invitation_again(
    bram, monkeypatch, django_capture_on_commit_callbacks, meanwhile
):
    send = EmailMultiAlternatives.send

    def slowly(self):
        monkeypatch.setattr(EmailMultiAlternatives, "send", send)
        known = Invitation.objects.get()
        known.withdraw(bram) if meanwhile == "taken back" else known.accept(name="Nieuwe", password=None)
        return send(self)

    monkeypatch.setattr(EmailMultiAlternatives, "send", slowly)
    with django_capture_on_commit_callbacks(execute=True):
        make.invitation(bram, email="nieuw@example.org")
    kept = Invitation.objects.get()
    assert kept.sent_at <= timezone.now() and (kept.withdrawn_at or kept.accepted_at)


@pytest.mark.promise("S1")
def test_who_is_shown_out_finds_no_way_back_in_an_invitation_that_lay_ready(
    bram, dora, browse, anonymous, django_capture_on_commit_callbacks
):
    dora.manage(bram, function="lid", can_decide=False, is_coordinator=True)
    with django_capture_on_commit_callbacks(execute=True):
        offer = make.invitation(dora, email="dora.thuis@example.org")
    ready = make.link()
    assert anonymous.get(ready).status_code == 200
    dora.leave(bram)
    assert anonymous.post(ready, {"name": "Dora Thuis"}).status_code == 404
    assert still_there() == ["Bram Hoekstra"]
    assert "Dora Vermeulen zit niet meer aan tafel" in browse(bram).at("partnerships:members").content.decode()
    # Who is still there can send it anew, in their own name.
    with django_capture_on_commit_callbacks(execute=True):
        Invitation.objects.get(pk=offer.pk).again(bram)
    assert anonymous.get(ready).status_code == 404
    assert anonymous.post(make.link(), {"name": "Wim"}).status_code == 302
    assert Invitation.objects.get().invited_by == bram


def both_take_leave(bram, dora):
    """Each of two coordinators says goodbye to the other, on a line of their own; gives what the second one heard."""
    Member.objects.filter(pk=dora.pk).update(is_coordinator=True)
    refused = []

    def second():
        try:
            Member.objects.get(pk=dora.pk).leave(bram)
        except ValidationError as refusal:
            refused.append(refusal.messages[0])
        finally:
            connection.close()

    with transaction.atomic():
        Member.objects.get(pk=bram.pk).leave(dora)
        other = threading.Thread(target=second)
        other.start()
        other.join(0.3)
    other.join(20)
    return refused


def still_there():
    return list(Member.objects.active().filter(party="council").values_list("user__name", flat=True))


@pytest.mark.only("postgresql")
@pytest.mark.promise("S1")
@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_take_leave_of_each_other_one_stays(bram, dora):
    assert "Zonder coördinator" in both_take_leave(bram, dora)[0]
    assert still_there() == ["Dora Vermeulen"]


@pytest.mark.only("postgresql")
@pytest.mark.promise("S1", control=True)
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_nobody_could_invite_any_more(bram, dora, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **kwargs: self)
    assert both_take_leave(bram, dora) == [] and still_there() == []
