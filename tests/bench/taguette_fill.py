"""Run inside Taguette's own environment: `python taguette_fill.py FILE`, with in FILE what to make, as JSON.

It makes people, a project with a document per card, tags, and as many highlights as asked; and prints what was made.
"""

import json
import sys

from taguette import database, exact_version
from tornado.web import create_signed_value


def main(asked):
    """Make it, and say where it is."""
    session = database.connect(asked["database"])()
    people = [f"mens{number}" for number in range(asked["people"])]
    for login in people:
        if session.query(database.User).get(login) is None:
            session.add(database.User(login=login))
    project = database.Project(name=asked["name"], description="")
    session.add(project)
    session.flush()
    for login in people:
        session.add(database.ProjectMember(project=project, user_login=login, privileges=database.Privileges.ADMIN))
    tags = [database.Tag(project=project, path=name, description="") for name in asked["tags"]]
    documents = [
        database.Document(name=f"Kaartje {number}", description="", filename=f"{number}.html", project=project,
                          text_direction=database.TextDirection.LEFT_TO_RIGHT, contents=f"<p>{text}</p>")
        for number, text in enumerate(asked["texts"])
    ]  # fmt: skip
    session.add_all([*tags, *documents])
    session.flush()
    for number in range(asked["highlights"]):
        document = documents[number % len(documents)]
        session.add(
            database.Highlight(document=document, start_offset=0, end_offset=40,
                               snippet=asked["texts"][number % len(documents)][:40], tags=[tags[number % len(tags)]])
        )  # fmt: skip
    session.commit()
    cookies = [create_signed_value(asked["secret"], "user", login).decode() for login in people]
    print(json.dumps({"project": project.id, "documents": [one.id for one in documents], "tags": [t.id for t in tags],
                      "cookies": cookies, "version": exact_version()}))  # fmt: skip


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        main(json.load(file))
