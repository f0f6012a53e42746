"""The shared board on paper, as it lies now: to hang on the wall, or to read on at home."""

from django.template.loader import render_to_string
from django.utils import timezone

from analysis.exports import laid_out
from dialoog import paper


def board(project):
    """The board as a file. Drawn each time: a copy that is kept would outlive a card that was taken back."""
    return paper.render(board_page(project))


def board_page(project):
    """The piles with their cards, and what is still on the table; no name of who moved or said anything."""
    themes, laid = laid_out(project)
    piles = [{"theme": theme, "cards": [one for one in laid if one.theme == theme]} for theme in themes]
    told = {
        "project": project,
        "partnership": project.partnership,
        "piles": [pile for pile in piles if pile["cards"]],
        "loose": [one for one in laid if one.theme is None],
        "today": timezone.localdate(),
        "style": paper.style("papers.css"),
        "own_style": paper.style("print_board.css"),
    }
    return render_to_string("analysis/print_board.html", told)
