"""The chronicle of the example reports, and facts of the shared ones, as they were last reviewed."""

from __future__ import annotations

import pytest

from tests.golden.prose import EXAMPLES, FOLDER, SHARED, chronicle_text
from tests.golden.renew import FILES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", sorted(FILES))
def test_golden_chronicle_is_as_it_was_reviewed(name: str) -> None:
    folder, words = FILES[name]
    if folder == SHARED and not folder.is_dir():
        pytest.skip("the shared reports are not at hand")
    assert chronicle_text(folder, words=words) == (FOLDER / name).read_text(encoding="utf-8"), (
        "look at the difference; when it is right: python -m tests.golden.renew"
    )


def test_golden_file_of_shared_reports_has_none_of_their_words() -> None:
    text = (FOLDER / "shared.txt").read_text(encoding="utf-8")
    assert "“" not in text
    assert EXAMPLES.is_dir()
