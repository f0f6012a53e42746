"""Who sits at the two tables of the demo. All of them are invented."""

from typing import NamedTuple

COUNCIL, MUNICIPALITY, NEUTRAL = "council", "municipality", "neutral"


class Person(NamedTuple):
    """One invented person and the seat they take."""

    key: str
    name: str
    party: str
    function: str
    coordinator: bool = False
    can_decide: bool = False


OOSTERHAGE = {
    "name": "Oosterhage",
    "slug": "oosterhage",
    "municipality": "gemeente Oosterhage",
    "council": "Cliëntenraad Werk en Inkomen Oosterhage",
    "short_council": "cliëntenraad",
    "client_word": "cliënt",
    "basis": "Participatiewet, artikel 47, en de verordening cliëntenparticipatie Oosterhage.",
    "controller": "Stichting Cliëntenraad Werk en Inkomen Oosterhage",
}

NIEUWERDAM = {
    "name": "Nieuwerdam",
    "slug": "nieuwerdam",
    "municipality": "gemeente Nieuwerdam",
    "council": "Adviesraad Sociaal Domein Nieuwerdam",
    "short_council": "adviesraad",
    "client_word": "inwoner",
    "basis": "Wet maatschappelijke ondersteuning 2015, artikel 2.1.3.",
    "controller": "Stichting Adviesraad Sociaal Domein Nieuwerdam",
}

AT_OOSTERHAGE = [
    Person("anna", "Anna de Wit", MUNICIPALITY, "beleidsmedewerker inkomen", coordinator=True),
    Person("joost", "Joost Kramer", MUNICIPALITY, "teamleider Inkomen", can_decide=True),
    Person("samira", "Samira El Amrani", MUNICIPALITY, "consulent minimaregelingen"),
    Person("peter", "Peter Bos", MUNICIPALITY, "medewerker klantcontact"),
    Person("lotte", "Lotte Brouwer", MUNICIPALITY, "wijkregisseur"),
    Person("bram", "Bram Hoekstra", COUNCIL, "voorzitter", coordinator=True),
    Person("dora", "Dora Vermeulen", COUNCIL, "lid, gastvrouw bij de voedselbank"),
    Person("fatma", "Fatma Yıldız", COUNCIL, "lid"),
    Person("wim", "Wim van Dijk", COUNCIL, "penningmeester"),
    Person("ria", "Ria Smeets", COUNCIL, "lid"),
    Person("kofi", "Kofi Mensah", COUNCIL, "lid"),
    Person("nico", "Nico Terpstra", NEUTRAL, "gespreksleider"),
]

AT_NIEUWERDAM = [
    Person("els", "Els Jacobs", MUNICIPALITY, "beleidsmedewerker Wmo", coordinator=True),
    Person("tom", "Tom Visser", MUNICIPALITY, "afdelingshoofd Sociaal Domein", can_decide=True),
    Person("chris", "Chris Bakker", COUNCIL, "voorzitter", coordinator=True),
    Person("mieke", "Mieke de Boer", COUNCIL, "lid"),
    Person("sanne", "Sanne Dekker", NEUTRAL, "gespreksleider"),
]
