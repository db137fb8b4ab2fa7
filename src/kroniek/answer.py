"""What a question to a chronicle gives: records to iterate over, or a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kroniek.errors import KroniekError

if TYPE_CHECKING:
    import pandas as pd

Record = TypeVar("Record")


class Answer(Generic[Record]):
    """The records that a question gives: iterate over it, or take it to pandas."""

    def __init__(self, records: Iterable[Record], row: Callable[[Record], dict[str, Any]]) -> None:
        self._records = records
        self._row = row

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each record as a flat dict of plain values, ready for a table."""
        return map(self._row, self._records)

    def to_pandas(self) -> pd.DataFrame:
        """Return the records as a data frame; raises KroniekError when pandas is not installed."""
        try:
            import pandas as pd
        except ImportError as error:
            raise KroniekError("pandas is not installed: pip install 'kroniek[pandas]'") from error
        return pd.DataFrame(list(self.rows()))
