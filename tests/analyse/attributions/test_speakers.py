"""Who speaks in little reports, read by the whole flow: names, pronouns, descriptions, bodies."""

from __future__ import annotations

import pytest

from kroniek.model import Document, HowKnown, Origin, Published
from kroniek.pipeline import analyse
from tests.analyse.test_coreference import parser_resources


def speakers(text: str) -> list[str]:
    """Return for each statement who speaks, "" when nobody known does."""
    given = Published("2024-05-14", HowKnown.GIVEN)
    document = Document(text, Origin("x.txt"), name="x", given=given)
    (analysis,) = analyse([document], parser_resources())
    names = {entity.id: entity.name for entity in analysis.entities}
    return [next((names[key] for key in item.sources), "") for item in analysis.attributions]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Max Verstappen won de race voor Lewis Hamilton. De Brit gaf toe dat zijn auto te traag was.",
            ["Lewis Hamilton"],
            id="a people's name is the one of that people",
        ),
        pytest.param(
            "In Brussel is betoogd. Een Rus zei dat hij bang was voor de politie.",
            [""],
            id="somebody of a people is not its state",
        ),
        pytest.param(
            "De Russen zeggen dat het bestand is geschonden.", ["Russia"], id="a people is its state"
        ),
        pytest.param(
            'Els Maes, een moeder uit Gent, vertelde Het Laatste Nieuws: "Elke dag komen er kinderen bij."',
            ["Els Maes"],
            id="who stands before the verb tells, not the paper behind it",
        ),
        pytest.param(
            "Jan Claes, die al twintig jaar bij de haven werkt, en die lid is van de vakbond, zei dat zijn "
            'collega\'s bang zijn: "Er vallen klappen."',
            ["Jan Claes"],
            id="a subject far before its verb",
        ),
        pytest.param(
            '"Wat ze nu vertellen, is onzin," zegt de winnaar van vier medailles.',
            [""],
            id="the subject behind the verb",
        ),
        pytest.param(
            "Unicef bleef in het land in de hoop dat er scholen opengaan.", ["UNICEF"], id="who acts in hope"
        ),
        pytest.param(
            "Duizend ouders werkten mee. Onderzoekers van de VUB vonden een verband. De onderzoekers denken dat "
            "slaap de oorzaak is.",
            ["VUB"],
            id="researchers of a body told of before",
        ),
        pytest.param(
            "Transparency International publiceerde een rapport. Volgens het rapport stijgt de corruptie.",
            ["Transparency International"],
            id="who issued a document",
        ),
        pytest.param(
            "Een door Oxfam opgestelde studie zag het licht. Het rapport waarschuwt dat de kloof groeit. De studie "
            "stelt dat dat slecht is.",
            ["Oxfam", "Oxfam"],
            id="a document by another noun",
        ),
        pytest.param(
            "Reuters sprak met zes bronnen. Volgens het artikel is er een akkoord.",
            ["Reuters"],
            id="a medium's piece",
        ),
        pytest.param(
            "In de stad Gent viel het nieuws slecht. Het rapport stelt dat er fouten zijn gemaakt.",
            [""],
            id="a report of nobody",
        ),
        pytest.param(
            "Het parket van Gent zegt dat de man vrij is. Volgens het parket blijft hij in het land.",
            ["Ghent Public Prosecutor's Office"] * 2,
            id="prosecutors of a town are no town",
        ),
        pytest.param(
            "Een man is neergestoken. Een neef van het slachtoffer zegt dat hij geen ruzie zocht. "
            '"Hij was altijd vrolijk", aldus de neef, Piet Maes.',
            ["Piet Maes", "Piet Maes"],
            id="who is named only later",
        ),
        pytest.param(
            'Een inwoner zegt dat het donker was. "Ik zag niets", zegt inwoner Piet Maes.',
            ["", "Piet Maes"],
            id="one inhabitant is not another",
        ),
        pytest.param(
            "De neef van Sofie Claes zegt dat hij niets weet.",
            [""],
            id="a relative is not whose relative it is",
        ),
        pytest.param(
            "Piet Maes is de neef van de vermoorde Sofie Claes. Volgens haar neef was ze bang.",
            ["Piet Maes"],
            id="her relative",
        ),
        pytest.param(
            "De verdachte, Tom Willems, zwijgt. Zijn advocaat, Sven Mary, noemt het dossier leeg. De verdachte zegt "
            "dat hij thuis was. Volgens zijn advocaat zijn er getuigen.",
            ["Sven Mary", "Tom Willems", "Sven Mary"],
            id="a participle as a noun, and whose advocate it is",
        ),
        pytest.param(
            "Trump reist naar Londen. Melania Trump gaat mee. Trump zei dat het een mooi bezoek wordt.",
            ["Donald Trump"],
            id="who is usually called by the surname",
        ),
        pytest.param(
            "Donald Trump moet voorkomen. Zijn zoon Eric Trump zwijgt. Trump zei dat hij onschuldig is.",
            ["Donald Trump"],
            id="of two of a surname who is usually called so",
        ),
        pytest.param(
            "Jan Jambon sprak. Piet Jambon kwam. Piet Jambon bleef. Jambon zei dat hij moe was.",
            ["Jan Jambon"],
            id="of two of a surname whom the base knows",
        ),
        pytest.param(
            "Jan Peeters is dood gevonden. Zijn broer Piet Peeters vond hem. Peeters zei dat hij niets hoorde.",
            ["Piet Peeters"],
            id="of two of a surname who was named last",
        ),
        pytest.param(
            "De federale politie rolde een bende op. Volgens de politie zijn er zes mensen opgepakt. Het parket meldt "
            "dat het onderzoek loopt.",
            ["Federale politie", ""],
            id="federal police are no prosecutors",
        ),
        pytest.param(
            "De rechtbank in Hasselt sprak hem vrij. De rechtbank vond dat er te weinig bewijs is.",
            ["Hasselt Court"],
            id="the court of a town",
        ),
        pytest.param(
            "Donald Trump jr. bezoekt Groenland. De zoon van de president zei dat hij als toerist komt.",
            ["Donald Trump Jr."],
            id="a son is not his father, nor whose son he is called",
        ),
        pytest.param(
            "Het Openbaar Ministerie eist zes jaar cel. Het OM zegt dat de beelden duidelijk zijn.",
            ["Openbaar Ministerie"] * 2,
            id="an acronym of two words",
        ),
        pytest.param(
            "Tom Van Grieken diende een motie in. Van Grieken zei dat het genoeg is. Volgens De Wever is het theater.",
            ["Tom Van Grieken", "Bart De Wever"],
            id="a surname of two words is short for the full name",
        ),
        pytest.param(
            "Kris Maes vraagt gerechtigheid. Zijn vriendin zegt dat hij kapot is.",
            ["Kris Maes", ""],
            id="his friend is not he",
        ),
        pytest.param(
            "Sammy Mahdi wil een nieuwe regering. De CD&V'er zei dat de begroting eerst komt.",
            ["Sammy Mahdi"],
            id="a member of a party",
        ),
        pytest.param(
            "Onderzoekers van de VUB vonden een verband. Dat verscheen in Nature. Volgens de studie slapen we te weinig.",
            ["VUB"],
            id="a study of researchers told of",
        ),
        pytest.param(
            "Topman Wael Sawan is tevreden. De Libanees zei dat de kosten omlaag gaan.",
            ["Wael Sawan"],
            id="a people's name that a tagger calls plural",
        ),
        pytest.param(
            'Zijn advocate is Els Claes. "Er is geen bewijs", zei Els Claes. De moeder van het slachtoffer huilde. Zij '
            "zei dat haar dochter niet meer zingt.",
            ["Els Claes", ""],
            id="a relative of somebody is nobody named",
        ),
        pytest.param(
            "De Baton Rouge Police Department pakte een man op. Ze vraagt of iemand hem kent.",
            ["Baton Rouge Police Department"],
            id="a body is ze",
        ),
        pytest.param(
            "Het plan lokte een reactie van Duitsland uit, dat zijn deelname heeft bevestigd.",
            ["Germany"],
            id="a relative agrees in gender",
        ),
    ],
)
def test_speakers_of_a_report(text: str, wanted: list[str]) -> None:
    assert speakers(text) == wanted
