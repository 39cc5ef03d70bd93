"""Honorifics, ranks, offices and roles that stand before or after a personal name."""

from __future__ import annotations

MALE_HONORIFICS = frozenset(
    "mr mister sir lord king prince baron duke pope father brother imam sheikh shaikh signor señor herr".split()
)
FEMALE_HONORIFICS = frozenset(
    "mrs ms miss dame lady queen princess baroness duchess sister mother señora frau madame mme".split()
)
NEUTRAL_HONORIFICS = frozenset(
    "datuk dato tan sri seri haji hajj ayatollah dr doctor prof professor rev reverend hon honourable mx".split()
)
HONORIFICS = MALE_HONORIFICS | FEMALE_HONORIFICS | NEUTRAL_HONORIFICS

RANKS = frozenset(
    """gen general lt lieutenant col colonel maj major brig brigadier capt captain cmdr commander sgt sergeant
    cpl corporal pvt private pfc adm admiral vice-admiral marshal commodore ensign cadet constable cst pc
    det detective insp inspector supt superintendent sheriff deputy officer trooper chief commissioner
    marshall airman seaman spc specialist""".split()
)

# Heads of a role that may stand directly before a name, with or without a capital.
ROLES = frozenset(
    """pm star starlet republican democrat democratic libertarian independent tory rival running-mate pollster
    surrogate delegate president vice-president premier chancellor minister secretary undersecretary
    ambassador envoy consul diplomat senator sen rep representative congressman congresswoman governor gov
    mayor councillor councilman councilwoman alderman lawmaker legislator mp mep msp assemblyman
    assemblywoman speaker leader chairman chairwoman chairperson chair director director-general head boss
    chief commander commissioner coordinator manager executive ceo cfo coo founder co-founder owner partner
    president-elect spokesman spokeswoman spokesperson spokesmen adviser advisor aide strategist counsel
    counselor counsellor attorney lawyer barrister solicitor prosecutor judge justice magistrate coroner
    sheriff detective investigator inspector officer agent sergeant captain lieutenant colonel general
    admiral marshal major brigadier analyst expert economist scientist researcher professor lecturer
    academic historian author writer journalist reporter correspondent editor columnist anchor host
    broadcaster presenter blogger photographer producer doctor surgeon physician nurse midwife medic
    paramedic pathologist epidemiologist virologist engineer astronaut pilot driver teacher principal
    headteacher student pupil dean chancellor provost rector bishop archbishop cardinal pope priest pastor
    reverend rabbi imam cleric activist campaigner organizer organiser candidate nominee resident witness
    neighbour neighbor survivor victim shopkeeper farmer fisherman businessman businesswoman entrepreneur
    investor trader banker actor actress singer musician rapper artist director filmmaker coach trainer
    captain striker goalkeeper player midfielder defender manager quarterback skipper golfer sprinter
    champion referee king queen prince princess duke duchess emir sultan warlord dictator ruler
    whistleblower negotiator mediator interlocutor delegate guard soldier veteran firefighter father mother
    dad mum mom brother sister husband wife son daughter widow uncle aunt cousin friend girlfriend boyfriend
    ex-wife ex-husband partner roommate classmate colleague member fellow vice deputy assistant associate
    acting interim former ex senior junior lead chief-of-staff treasurer comptroller auditor ombudsman
    regulator watchdog curator librarian superintendent supervisor staffer employee worker nominee pick
    designate defendant suspect plaintiff complainant claimant petitioner""".split()
)

# By age, kin and lot a report takes up anybody whom it has just named.
LIFE = frozenset(
    """man woman boy girl person teen teenager youth child baby toddler youngster adult pensioner retiree father
    mother dad mum mom son daughter brother sister husband wife widow widower grandfather grandmother parent
    bride groom victim survivor suspect defendant accused native newcomer millionaire billionaire celebrity
    star""".split()
)

# By trade too, unless another one has been told of the person. Offices are not among them: "the prosecutor" is
# somebody else than the person named before.
REDESCRIBING = LIFE | frozenset(
    """starlet lawmaker legislator politician congressman congresswoman senator republican democrat author writer
    novelist poet playwright actor actress singer songwriter musician drummer guitarist rapper artist painter
    comedian comic dancer model filmmaker producer presenter broadcaster blogger photographer youtuber prankster
    entertainer frontman rocker vocalist designer chef architect striker goalkeeper midfielder defender player
    quarterback golfer sprinter champion footballer cricketer boxer swimmer athlete cyclist coach businessman
    businesswoman entrepreneur investor tycoon magnate mogul banker trader farmer fisherman teacher student
    pupil professor academic scientist researcher historian economist analyst expert activist campaigner veteran
    soldier pilot driver cleric tyrant dictator king queen prince princess pontiff pope whistleblower hacker
    inventor collector gardener mushroomer plumber builder worker employee resident neighbour neighbor
    shopkeeper owner fan""".split()
)

# Words that one and the same office may go by; the first stands for all.
SAME_ROLE: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "leader chief head boss director chairman chairwoman chairperson chair commander ruler dictator "
        "director-general ceo executive",
        "spokesman spokeswoman spokesperson",
        "senator sen lawmaker legislator",
        "congressman congresswoman representative rep lawmaker legislator",
        "mp lawmaker politician legislator",
        "attorney lawyer barrister solicitor counsel",
        "adviser advisor aide",
        "officer constable sergeant detective inspector cop policeman policewoman",
        "general commander marshal admiral colonel brigadier",
        "professor academic lecturer researcher scientist scholar",
        "reporter journalist correspondent editor broadcaster",
        "doctor physician surgeon medic",
        "premier minister pm",
        "governor gov",
        "businessman businesswoman entrepreneur executive tycoon billionaire magnate mogul",
        "striker midfielder defender goalkeeper player footballer forward winger",
        "coach manager trainer",
        "priest pastor reverend cleric bishop archbishop",
        "nominee candidate pick designate hopeful contender",
    )
)

MALE_ROLES = frozenset(
    """pm star starlet republican democrat democratic libertarian independent tory rival running-mate pollster
    surrogate delegate spokesman chairman congressman councilman assemblyman businessman policeman fireman
    fisherman king prince duke emir sultan father dad brother husband son uncle widower boyfriend ex-husband
    actor man boy gentleman priest pope imam grandfather""".split()
)
FEMALE_ROLES = frozenset(
    """pm star starlet republican democrat democratic libertarian independent tory rival running-mate pollster
    surrogate delegate spokeswoman chairwoman congresswoman councilwoman assemblywoman businesswoman
    policewoman queen princess duchess actress mother mum mom sister wife daughter aunt widow girlfriend
    ex-wife woman girl lady grandmother nun""".split()
)

SUFFIXES = frozenset("jr sr ii iii iv v mp mep msp td phd md qc kc esq obe mbe cbe".split())

POST_NOMINALS = frozenset("mp mep msp td qc kc esq obe mbe cbe phd md".split())

PARTICLES = frozenset(
    "de del della der den van von bin ibn al el la las los lo il des le di da dos du abu ter st mac "
    "ould ben bint y e af zu".split()
)

# Words of which a person has one at most: the others do not describe the same person.
EXCLUSIVE: tuple[tuple[frozenset[str], ...], ...] = (
    (
        frozenset("republican republicans gop".split()),
        frozenset("democratic democrat democrats".split()),
        frozenset("libertarian libertarians".split()),
        frozenset("conservative conservatives tory tories".split()),
        frozenset(("labour",)),
        frozenset(("green", "greens")),
    ),
)

UNNAMED_HEADS = frozenset(
    """eyewitness eyewitnesses jihadist jihadists extremist extremists hostage hostages detective detectives
    proponents allies ally official officials source sources insider insiders aide aides adviser advisers
    advisor advisors person people man men woman women diplomat diplomats executive executives employee
    employees staffer staffers worker workers officer officers investigator investigators agent agents
    representative representatives lawmaker lawmakers analyst analysts expert experts observer observers
    witness witnesses resident residents relative relatives neighbour neighbours neighbor neighbors friend
    friends critic critics supporter supporters opponent opponents protester protesters demonstrators
    demonstrator activist activists campaigner campaigners scientist scientists researcher researchers
    scholar scholars economist economists doctor doctors nurse nurses parent parents student students
    teacher teachers voter voters leader leaders authority authorities spokesman spokeswoman spokesperson
    spokespeople lawyer lawyers attorney attorneys prosecutor prosecutors soldier soldiers commander
    commanders militant militants rebel rebels fighter fighters villager villagers survivor survivors
    passenger passengers customer customers user users fan fans player players mother father brother sister
    wife husband son daughter family families member members reporter reporters journalist journalists
    editor editors correspondent trader traders investor investors banker bankers delegate delegates
    negotiator negotiators mediator mediators politician politicians minister ministers senator senators
    republican republicans democrat democrats historian historians colleague colleagues many others some
    most several few everyone everybody somebody someone one anyone nobody americans britons commentators
    commentator pundits bystander bystanders boy girl teenager teenagers child children figure figures
    individual individuals aides-de-camp crew medics medic paramedics firefighters rescuers services workers
    staff regulators regulator poll survey polls rumours rumors rumour rumor media press observers
    organisers organizers community victims victim clerk driver drivers owner owners manager managers
    shopkeeper tenant patient patients professor pilot locals local analysis industry market markets public
    crowd crowds campaign""".split()
)

# The unnamed who carry the word of a body that is named: "police said", "the court ruled".
BODY_HEADS = frozenset(
    """inspectorate treasury giant maker operator provider carrier insurer lender developer exchange registry
    police government military army navy ministry department agency court office bureau council parliament
    senate congress house company firm bank group organization organisation union party committee commission
    university school hospital club team league federation association authority administration embassy
    campaign cabinet coalition secretariat prosecutors institute centre center foundation charity network
    church fund trust airline regulator watchdog board panel jury tribunal assembly force forces newspaper
    magazine broadcaster station channel paper outlet site website publication consultancy thinktank
    think-tank manufacturer publisher leadership management command directorate presidency service services
    utility operator airport band label studio store chain mission brand retailer supplier startup start-up
    lab laboratory observatory palace kremlin monarchy household delegation side""".split()
)
