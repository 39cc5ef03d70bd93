"""Acts told from cue, negation and content."""

from __future__ import annotations

import pytest

from onrecord.attributing.acts import act_of, is_hedged
from onrecord.datamodel.attribution import Act
from tests.attributing.conftest import marked

CASES = [
    ("{s1|The mayor} {q1|said} {c1|the bridge is safe}.", Act.ASSERTS),
    ("{s1|The mayor} {q1|confirmed} {c1|the closure}.", Act.CONFIRMS),
    ("{s1|The mayor} {q1|acknowledged} {c1|that the memo is real}.", Act.CONFIRMS),
    ("{s1|The mayor} {q1|denied} {c1|having seen the memo}.", Act.DENIES),
    ("{s1|The board} {q1|rejected} {c1|the claim that it knew}.", Act.DENIES),
    ("{s1|The board} {q1|ruled out} {c1|a closure}.", Act.DENIES),
    ("{s1|The board} {q1|declined to comment} {c1|on the memo}.", Act.NO_COMMENT),
    ("{s1|The board} {q1|would not say} {c1|when the bridge opens}.", Act.NO_COMMENT),
    ("{s1|The board} {q1|did not immediately respond} {c1|to a request for comment}.", Act.NO_COMMENT),
    ("{s1|The board} {q1|has not commented} {c1|on the memo}.", Act.NO_COMMENT),
    ("{c1|“We are not going to confirm who lay in the boat,”} {q1|said} {s1|Commander Ruud}.", Act.NO_COMMENT),
    ("{c1|“We are not in a position to name the owner,”} {q1|said} {s1|the harbour office}.", Act.NO_COMMENT),
    ("{s1|She} {q1|neither confirmed nor denied} {c1|the report}.", Act.NO_COMMENT),
    ("{s1|She} {q1|made no mention} {c1|of the memo}.", Act.NO_COMMENT),
    ("{s1|A spokeswoman} {q1|had no immediate} {c1|comment}.", Act.NO_COMMENT),
    ("{s1|The mayor} {q1|has yet to comment on} {c1|the memo}.", Act.NO_COMMENT),
    ("{s1|The mayor} {q1|has not spoken much about} {c1|the memo} in public.", Act.NO_COMMENT),
    ("{s1|The Courier} {q1|did not publish} {c1|a story on the memo}.", Act.NO_COMMENT),
    ("{s1|The Courier} {q1|could not independently confirm} {c1|the memo's origin}.", Act.NOT_CONFIRMED),
    ("{s1|No city official} {q1|has yet confirmed} {c1|the allegation}.", Act.NOT_CONFIRMED),
    ("{s1|Nobody} {q1|denied} {c1|the allegation}.", Act.NO_COMMENT),
    ("{s1|Engineers} {q1|cast doubt} {c1|on the figures}.", Act.NOT_CONFIRMED),
    ("{s1|The city} {q1|is working to confirm reports} {c1|that the bridge is closed}.", Act.NOT_CONFIRMED),
    ("{s1|The city} {q1|tried to verify} {c1|the report}.", Act.NOT_CONFIRMED),
    ("{s1|The mayor} {q1|cannot tell} {c1|whether the bridge is safe}.", Act.NOT_CONFIRMED),
    ("{s1|Ada Lorne} {q1|entered} {c1|a plea of not guilty to fraud}.", Act.DENIES),
    ("{s1|Ada Lorne} {q1|entered} {c1|a plea of guilty to fraud}.", Act.CONFIRMS),
    ("{s1|The chair} {q1|:} {c1|Who opened the gate?}", Act.ASKS),
    ("{s1|The mayor} {q1|said} {c1|“That is simply not true”}.", Act.DENIES),
    ("{s1|The mayor} {q1|said} {c1|“Nonsense”}.", Act.DENIES),
    ("{s1|The paper} {q1|retracted} {c1|its report of a crack}.", Act.RETRACTS),
    ("{s1|He} {q1|walked back} {c1|his claim}.", Act.RETRACTS),
    ("{s1|She} {q1|apologised for saying} {c1|the pier was closed}.", Act.RETRACTS),
    ("{s1|She} {q1|asked} {c1|who had signed the memo}.", Act.ASKS),
    ("{s1|She} {q1|asked for} {c1|a new inspection}.", Act.ASKS),
    ("{s1|The mayor} {q1|said} {c1|“there has been no decision to close the bridge”}.", Act.DENIES),
    ("{s1|He} {q1|said} {c1|he had never met the inspector}.", Act.DENIES),
    ("{s1|He} {q1|said} {c1|the report was false}.", Act.DENIES),
    ("{s1|He} {q1|claims} {c1|not to have read it}.", Act.DENIES),
    ("{s1|The mayor} {q1|said} {c1|the city would not sell the pier}.", Act.ASSERTS),
    ("{s1|The mayor} {q1|said} {c1|that he would not discuss the talks}.", Act.NO_COMMENT),
    ("{s1|The mayor} {q1|did not answer shouted questions about} {c1|the memo}.", Act.NO_COMMENT),
    ("{s1|The club} {q1|said} {c1|it “does not comment on transfers”}.", Act.NO_COMMENT),
    ("{s1|MAYOR}{q1|:} {c1|‘NO ORDER’ TO CLOSE THE BRIDGE}.", Act.DENIES),
    ("{s1|The mayor} {q1|said} {c1|that “no crack of any kind” had been found}.", Act.DENIES),
    ("{s1|The captain} {q1|said} {c1|“No alarm reached the bridge of the ship”}.", Act.DENIES),
    ("{s1|The captain} {q1|said} {c1|that the crew had not been warned}.", Act.DENIES),
    ("{s1|The captain} {q1|says} {c1|he knows nothing of an alarm}.", Act.DENIES),
    ("{s1|The lab} {q1|said} {c1|that its number was not 118}.", Act.DENIES),
    ("{s1|The vet} {q1|said} {c1|“First tests are wrong more often than owners think”}.", Act.ASSERTS),
    ("{s1|A poster} {q1|says} {c1|never forget who paid for this}.", Act.ASSERTS),
    ("{s1|A geologist} {q1|said} {c1|it was too early to say what moved the slope}.", Act.NOT_CONFIRMED),
    ("{s1|A geologist} {q1|said} {c1|“I cannot say which of the two it was”}.", Act.NOT_CONFIRMED),
    ("{s1|A geologist} {q1|said} {c1|“We can't say with certainty that it was rain”}.", Act.NOT_CONFIRMED),
    ("{s1|She} {q1|cautioned} {c1|that this did not prove that blasting was the cause}.", Act.NOT_CONFIRMED),
    ("{s1|She} {q1|said} {c1|“What I said on Monday was wrong”}.", Act.RETRACTS),
    ("{s1|He} {q1|said} {c1|“I take that statement back”}.", Act.RETRACTS),
    ("{s1|The paper} {q1|said} {c1|“The sale was not agreed. We should have said so”}.", Act.RETRACTS),
]


@pytest.mark.parametrize(("text", "act"), CASES)
def test_act(text: str, act: Act) -> None:
    plain, (tag,) = marked(text)
    assert act_of(tag, plain) is act


def test_a_negation_between_source_and_cue_counts() -> None:
    plain, (tag,) = marked("{s1|The board} did not {q1|confirm} {c1|the closure}.")
    assert act_of(tag, plain) is Act.NOT_CONFIRMED


@pytest.mark.parametrize("cue", ["reportedly", "is said to", "appeared to say", "allegedly"])
def test_hedges(cue: str) -> None:
    plain, (tag,) = marked(f"{{s1|The memo}} {{q1|{cue}}} {{c1|call for repairs}}.")
    assert is_hedged(tag, plain)


def test_plain_words_are_not_hedged() -> None:
    plain, (tag,) = marked("{s1|The memo} {q1|says} {c1|repairs are due}.")
    assert not is_hedged(tag, plain)
