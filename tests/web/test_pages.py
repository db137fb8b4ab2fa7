"""Every page answers, in both languages, and says what it should."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from tests.web.paths import PLAIN, RECORDS, every_path


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_all_answer_in_each_language(client: TestClient, language: str) -> None:
    paths = every_path(client)
    assert len(paths) >= len(PLAIN) + len(RECORDS)
    for path in paths:
        answer = client.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200, path
        assert f'<html lang="{language}">' in answer.text, path
        assert len(re.findall("<h1", answer.text)) == 1, path


def test_pages_name_groups_and_forces_in_the_words_of_the_reader(client: TestClient) -> None:
    dutch, english = (client.get(f"/actors?lang={language}").text for language in ("nl", "en"))
    for there, elsewhere in (("rebellen", "rebels"), ("leger (Rusland)", "Russian Armed Forces")):
        assert f">{there}<" in dutch
        assert f">{elsewhere}<" not in dutch
        assert f">{elsewhere}<" in english
