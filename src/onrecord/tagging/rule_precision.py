"""How often each rule is right: the share measured on PolNeAR's training part, by benchmarks' scorer."""

from __future__ import annotations

from onrecord.datamodel.attribution import Kind

PRIORS = {
    "quoted": 0.93, "clause": 0.83, "colon": 0.8, "post": 0.8, "fronted": 0.79, "according": 0.79, "headline": 0.79,
    "refusal": 0.71, "prepositional": 0.68, "infinitive": 0.64, "naming": 0.63, "around": 0.61, "object": 0.59,
    "hearsay": 0.5, "noun": 0.3, "marks": 0.25,
}  # fmt: skip
# Annotators agree less on plans, wishes and thoughts than on words said.
_ATTITUDE = 0.6


def prior(rule: str, kind: Kind = Kind.SPEECH) -> float:
    """The score of what a rule finds, in [0, 1]."""
    return PRIORS[rule] * (_ATTITUDE if kind is Kind.ATTITUDE else 1.0)
