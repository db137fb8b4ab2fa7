"""A parser around a multi-task network in ONNX: tags, lemmas, trees and names for a spaCy Doc."""
