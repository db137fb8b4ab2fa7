"""Statements: who says what. Sources, cues and contents (PARC terms, Pareti 2015) over dependency trees."""

from kroniek.analyse.attributions.step import ATTRIBUTIONS

__all__ = ["ATTRIBUTIONS"]
