"""The two invented tables and who sits at them."""

from dialoog.accounts.models import User
from dialoog.management.demo.people import AT_NIEUWERDAM, AT_OOSTERHAGE, NIEUWERDAM, OOSTERHAGE
from dialoog.partnerships.models import Member, Partnership


def oosterhage(clock):
    """The table in the middle of its second round; gives the people by their key."""
    with clock.at(301, "09:00"):
        return seats(table(OOSTERHAGE), AT_OOSTERHAGE)


def nieuwerdam(clock):
    """The empty table, to begin at."""
    with clock.at(3, "09:00"):
        return seats(table(NIEUWERDAM), AT_NIEUWERDAM)


def table(facts):
    return Partnership.objects.create(is_demo=True, **facts)


def seats(partnership, people):
    """An account and a seat for each of these people."""
    cast = {}
    for person in people:
        # The domain is reserved for examples: no letter can ever arrive.
        user = User.objects.create_user(f"{person.key}@{partnership.slug}.example", person.name)
        cast[person.key] = Member.objects.create(
            partnership=partnership,
            user=user,
            party=person.party,
            function=person.function,
            is_coordinator=person.coordinator,
            can_decide=person.can_decide,
        )
    return cast
