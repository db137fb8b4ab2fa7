"""A parser around a multi-task network in ONNX: tags, lemmas, trees and names for a spaCy Doc."""

from kroniek.languages.light_spacy import import_spacy

import_spacy()  # before the modules of this package import parts of it
