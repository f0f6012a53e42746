"""How a shared value lives: the municipality's account, the council's answer; and values that a law gives."""

from datetime import date

from django.http import Http404
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.views import asked, posted, text_history
from values import rules
from values.forms import AccountForm, CompareForm, StatutoryForm
from values.models import StatutoryValue, Value, ValueAccount, compare


@form_page
@seated(rules.may_agree, value=Value)
def account(request, seat, value, part):
    """Write the words of the own side about one part of the work."""
    known = _account(seat, value, part)
    form = AccountForm(posted(request), seat=seat, instance=known)
    return asked(
        request, seat, form, "values/account.html", value.address(seat), anchor=f"uitleg-{part}", value=value,
        account=known,
    )  # fmt: skip


@form_page
@seated(rules.any_member, account=ValueAccount)
def account_history(request, seat, account):
    """Who wrote what in this account, and when."""
    return text_history(request, seat, account)


@require_GET
@seated(rules.any_member, value=Value)
def compare_accounts(request, seat, value):
    """The accounts of an earlier day beside those of now, with what differs marked."""
    accounts = list(ValueAccount.objects.visible_to(seat).filter(value=value).with_people())
    found = compare(accounts, _day(request.GET.get("dag", "")))
    days = [(day.isoformat(), day) for day in found.days]
    form = CompareForm(initial={"dag": found.day and found.day.isoformat()}, days=days)
    return page(request, "values/compare.html", {"value": value, "found": found, "form": form})


@form_page
@seated(rules.side_member)
def note_statutory(request, seat):
    """Write down a value that a law gives."""
    form = StatutoryForm(posted(request), seat=seat)
    home, said = seat.url("values:list"), "De grondwaarde staat erbij."
    return asked(request, seat, form, "values/statutory.html", home, said, anchor=lambda kept: kept.topic)


@form_page
@seated(rules.may_write, statutory=StatutoryValue)
def change_statutory(request, seat, statutory):
    """Change the words of a statutory value."""
    form = StatutoryForm(posted(request), seat=seat, instance=statutory)
    return asked(request, seat, form, "values/statutory.html", statutory.address(seat), statutory=statutory)


@require_POST
@seated(rules.may_write, statutory=StatutoryValue)
def drop_statutory(request, seat, statutory):
    """Take a statutory value off the page."""
    statutory.drop(seat)
    return back(request, seat.url("values:list"), said="De grondwaarde staat er niet meer.")


@form_page
@seated(rules.any_member, statutory=StatutoryValue)
def statutory_history(request, seat, statutory):
    """Who changed these words."""
    return text_history(request, seat, statutory)


def _account(seat, value, part):
    """The account of this part, or an empty one to begin with."""
    if part not in ValueAccount.Part.values:
        raise Http404
    known = ValueAccount.objects.visible_to(seat).filter(value=value, part=part).first()
    return known or ValueAccount(partnership=seat.partnership, value=value, part=part)


def _day(typed):
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
