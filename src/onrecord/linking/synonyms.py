"""Synonym classes: verbs with their nouns, and the common synonyms of news language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from onrecord.linking.stemming import stem
from onrecord.linking.terms import STOP, WORD, Idf

# One line a class, an indented line goes on with it; a word stands in one class only, so what has two everyday
# senses is left out.
_CLASSES = """
leave leaves leaving left withdraw withdraws withdrew withdrawn withdrawing withdrawal pullout depart departed
  departing departure exit
sell sells sold selling sale buy buys bought buying purchase purchased acquire acquired acquires acquiring
  acquisition takeover buyout merge merged merger
deal deals agree agrees agreed agreeing agreement agreements accord pact
ceasefire cease-fire ceasefires truce truces armistice hostilities
talks negotiate negotiates negotiated negotiating negotiation negotiations dialogue dialoguing discussions
  discussion discussing discussed talking
mediate mediated mediates mediating mediator mediators mediation broker brokered
meet meets met meeting meetings
summit summits
visit visits visited visiting trip trips travel traveled travelled traveling travelling journey
kill kills killed killing die dies died dead death deaths fatality fatalities slain toll lives perished
murder murders murdered murdering homicide homicides
hurt injure injures injured injuring injury injuries wound wounded wounding wounds casualty casualties
shoot shoots shot shooting shootings gunfire gunshot gunshots
shooter shooters gunman gunmen attacker attackers assailant assailants
attack attacks attacked attacking assault assaults
hostage hostages captive captives
kidnap kidnaps kidnapped kidnapping abduct abducted abducting abduction abductions seized
free freed frees freeing release releases released releasing
arrest arrests arrested arresting detain detained detains detaining detention custody
suspect suspects
charge charged indict indicted indictment prosecute prosecuted prosecution
jail jailed prison imprisoned imprisonment
resign resigns resigned resigning resignation quit quits
fire fires fired firing sack sacked sacking
layoff layoffs redundancy redundancies redundant jobs job posts post
hire hired hires hiring appoint appoints appointed appointing appointment
evacuate evacuated evacuates evacuating evacuation emptied
order orders ordered ordering instruct instructs instructed instruction instructions
safe safety danger dangers dangerous risk risks unsafe peril hazard
warn warns warned warning warnings alert alerts alerted alarm
genuine authentic authenticity real legitimate authenticate authenticated
fake faked fakes false hoax hoaxes forged forgery fabricated bogus untrue
mistake mistakes error errors mistaken misspoke wrong
mix-up mix-ups mixed confuse confused confusing confusion swapped swap
lie lies lied lying
write writes wrote written writing author authored authors authorship
letter memo memorandum document documents paper papers dossier sheet file files
photo photos photograph photographs picture pictures image images
tape recording footage video videos clip
know knows knew known aware knowledge learn learned learnt
tell told inform informed notify notified
see saw seen shown shows show
find finds found finding discover discovered discovers discovering discovery
search searches searched searching hunt hunting
missing lost disappear disappeared disappearing disappearance vanish vanished
crash crashed crashes crashing plunge plunged
plane planes aircraft jet jets airliner airliners airplane flight
airline airlines carrier
ship ships vessel vessels boat boats
car cars vehicle vehicles truck
explode explodes exploded explosion explosions blast blasts bomb bombs bombing bombings detonated
burn burns burned burnt burning blaze blazes
crack cracks cracked damage damaged damages broken
flood floods flooded flooding
slide landslide mudslide landslides slides
house houses home homes
child children kid kids
girl girls schoolgirl schoolgirls
woman women
student students pupil pupils
marry married marries marriage marriages marital husbands
convert converted converts converting conversion
soldier soldiers troop troops forces serviceman servicemen
military army
police policeman policemen officer officers constable
militant militants insurgent insurgents rebel rebels extremist extremists jihadist jihadists islamists
terror terrorism terrorist terrorists
government governments administration cabinet
minister ministers ministry ministerial
president presidents presidential presidency
board directors bosses boss management company firm employer
chairman chairwoman chair
doctor doctors physician physicians
hospital hospitals clinic
sick ill illness disease infected infection infect infects virus
test tests tested testing
dope doped doping drugs drug steroid steroids
ban bans suspend suspended suspends suspension
price prices cost costs worth
pay pays paid paying payment payments
money cash funds funding
loan loans debt debts
guarantee guarantees guaranteed backing
cut cuts cutting reduce reduced reduction
raise raised raises increase increased increases rise rises rose rising
fall falls fell fallen drop drops dropped lowered
plan plans planned planning
decide decides decided deciding decision decisions
vote votes voted voting ballot
elect elects elected election elections
win wins won winning victory
law laws legislation bill
court courts judge judges
sign signs signed signing signature
send sends sent sending
launch launches launched launching
hack hacked hacks hacker hackers hacking
steal stole stolen theft
spy spies spied spying espionage
missile missiles rocket rockets
nuclear denuclearize denuclearise denuclearization denuclearisation
protest protests protested protester protesters demonstration demonstrations demonstrators
strike strikes striking walkout
close closes closed closing closure shut shuts shutdown
open opens opened opening
reposition repositioned repositioning relocate relocated relocating relocation redeploy redeployed redeployment moving
cancel canceled cancelled cancels canceling cancelling cancellation
delay delays delayed postpone postponed
comply complies complied complying compliance abide obey
start starts started begin begins began begun
end ends ended ending
support supports supported supporting blessing
represent represents represented representing representative representatives
identity identities identify identified
site sites location locations venue venues
rain rains rainfall storm storms
kiss kissed
divorce divorced separate separated split
baby babies pregnant pregnancy birth
actor actress star celebrity
"""

_CLASS_OF: dict[str, str] = {}
for _line in _CLASSES.strip().replace("\n  ", " ").splitlines():
    _words = _line.split()
    for _word in _words:
        _CLASS_OF.setdefault(stem(_word), stem(_words[0]))


def synonym_class(word: str) -> str:
    """The stem that stands for a stem's class; the stem itself where it is in none."""
    return _CLASS_OF.get(word, word)


def content_words(text: str) -> tuple[str, ...]:
    """The synonym classes of the words that carry content, in order."""
    words = (word for word in WORD.findall(text) if len(word) > 1 and word.lower().replace("’", "'") not in STOP)
    return tuple(filter(None, (synonym_class(stem(word)) for word in words)))


def paragraph_idf(texts: Iterable[str]) -> Idf:
    """Inverse document frequency of content words over the paragraphs of some texts."""
    found = [set(content_words(part)) for text in texts for part in text.split("\n") if part.strip()]
    return Idf(Counter(word for words in found for word in words), max(1, len(found)), smoothing=1.0)
