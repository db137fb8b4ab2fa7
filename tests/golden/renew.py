"""Write the golden files anew: `python -m tests.golden.renew`; the difference is to be reviewed."""

from __future__ import annotations

from tests.golden.prose import EXAMPLES, FOLDER, SHARED, chronicle_text

FILES = {"examples.txt": (EXAMPLES, True), "shared.txt": (SHARED, False)}

if __name__ == "__main__":
    for name, (folder, words) in FILES.items():
        if folder.is_dir():
            (FOLDER / name).write_text(chronicle_text(folder, words=words), encoding="utf-8")
            print(f"{FOLDER.name}/{name} written")
