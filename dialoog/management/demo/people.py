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
    "slug": "oosterhage",
    "council_name": "Cliëntenraad Werk en Inkomen Oosterhage",
    "municipality_name": "Gemeente Oosterhage",
    "legal_basis": "Participatiewet, artikel 47, en de verordening cliëntenparticipatie Oosterhage",
    "data_controller": "het college van de gemeente Oosterhage",
}

NIEUWERDAM = {
    "slug": "nieuwerdam",
    "council_name": "Adviesraad Sociaal Domein Nieuwerdam",
    "municipality_name": "Gemeente Nieuwerdam",
    "council_word": "adviesraad",
    "client_word": "inwoner",
    "legal_basis": "Wet maatschappelijke ondersteuning 2015, artikel 2.1.3",
    "data_controller": "het college van de gemeente Nieuwerdam",
}

AT_OOSTERHAGE = [
    Person("bram", "Bram Hoekstra", COUNCIL, "voorzitter", coordinator=True),
    Person("dora", "Dora Vermeulen", COUNCIL, "lid, gastvrouw bij de voedselbank"),
    Person("fatma", "Fatma Yıldız", COUNCIL, "lid"),
    Person("wim", "Wim van Dijk", COUNCIL, "penningmeester"),
    Person("ria", "Ria Smeets", COUNCIL, "lid"),
    Person("kofi", "Kofi Mensah", COUNCIL, "lid"),
    Person("anna", "Anna de Wit", MUNICIPALITY, "beleidsmedewerker inkomen", coordinator=True),
    Person("joost", "Joost Kramer", MUNICIPALITY, "teamleider Inkomen", can_decide=True),
    Person("samira", "Samira El Amrani", MUNICIPALITY, "consulent minimaregelingen"),
    Person("peter", "Peter Bos", MUNICIPALITY, "medewerker klantcontact"),
    Person("lotte", "Lotte Brouwer", MUNICIPALITY, "wijkregisseur"),
    Person("nico", "Nico Terpstra", NEUTRAL, "gespreksleider"),
]

AT_NIEUWERDAM = [
    Person("chris", "Chris Bakker", COUNCIL, "voorzitter", coordinator=True),
    Person("mieke", "Mieke de Boer", COUNCIL, "lid"),
    Person("els", "Els Jacobs", MUNICIPALITY, "beleidsmedewerker Wmo", coordinator=True),
    Person("tom", "Tom Visser", MUNICIPALITY, "afdelingshoofd Sociaal Domein", can_decide=True),
    Person("sanne", "Sanne Dekker", NEUTRAL, "gespreksleider"),
]
