from kroniek.model import Event, Evidence, Span, Status, Telling


def telling(name: str, status: Status) -> Telling:
    return Telling(name, "doc", Evidence("doc", Span(0, 1), Span(0, 1)), status, "2016-09-08")


def test_event_leads_with_the_tellings_of_its_own_status() -> None:
    tellings = (
        telling("plan", Status.PLANNED),
        telling("first", Status.HAPPENED),
        telling("more", Status.HAPPENED),
    )
    event = Event("e", "CONSULT", "", (), (), "", None, "", Status.HAPPENED, tellings)
    assert [item.event_mention for item in event.leading] == ["first", "more", "plan"]
