"""What the pages about logging in tell of a second step."""

from django import template

from dialoog.accounts.second_step import counts_from

register = template.Library()
register.filter("counts_from", counts_from)
