"""Offices, ministries and organizations with the names they go by."""

from __future__ import annotations

_TABLE = """The Pentagon|Pentagon,Defense Department,Department of Defense,U.S. Defense Department,DOD,DoD
The Pentagon|US Defense Department,U.S. Department of Defense,US Department of Defense
The White House|White House,White House press office,White House Press Office
U.S. State Department|State Department,Department of State,Foggy Bottom,US State Department
U.S. Justice Department|Justice Department,Department of Justice,DOJ,US Justice Department
U.S. Treasury Department|Treasury Department,Department of the Treasury,US Treasury
U.S. Department of Homeland Security|Department of Homeland Security,Homeland Security,DHS,Homeland Security Department
FBI|Federal Bureau of Investigation,F.B.I.
CIA|Central Intelligence Agency,C.I.A.
NSA|National Security Agency,N.S.A.
National Security Council|NSC
Joint Chiefs of Staff|Joint Chiefs
U.S. Central Command|CENTCOM,Centcom,US Central Command
Centers for Disease Control and Prevention|CDC,Centers for Disease Control
Food and Drug Administration|FDA
Environmental Protection Agency|EPA
Federal Aviation Administration|FAA
National Transportation Safety Board|NTSB
Federal Reserve|Fed,US Federal Reserve,U.S. Federal Reserve
Securities and Exchange Commission|SEC
NASA|National Aeronautics and Space Administration
U.S. Supreme Court|Supreme Court of the United States
U.S. Congress|Congress
U.S. Senate|Senate
U.S. House of Representatives|House of Representatives
Republican National Committee|RNC,R.N.C.
Democratic National Committee|DNC,D.N.C.
Downing Street|10 Downing Street,No 10,Number 10,No. 10
Foreign Office|FCO,FCDO,Foreign and Commonwealth Office
Home Office|
Ministry of Defence|MoD,MOD
Metropolitan Police|Met Police,Scotland Yard,the Met
Crown Prosecution Service|CPS
Buckingham Palace|
Kensington Palace|
Bank of England|
National Health Service|NHS,NHS England
The Kremlin|Kremlin
Élysée Palace|Elysee,Élysée,Elysee Palace
United Nations|UN,U.N.,the United Nations
UN Security Council|U.N. Security Council,Security Council
UNHCR|UN refugee agency,U.N. refugee agency,UN High Commissioner for Refugees
UNICEF|Unicef
World Health Organization|WHO,World Health Organisation,W.H.O.
International Monetary Fund|IMF
World Bank|
World Trade Organization|WTO
International Atomic Energy Agency|IAEA
International Criminal Court|ICC
European Union|EU,E.U.
European Commission|
European Central Bank|ECB
European Parliament|
NATO|Nato,North Atlantic Treaty Organization
OPEC|Opec
African Union|AU
Arab League|
OSCE|Organization for Security and Co-operation in Europe
Red Cross|International Committee of the Red Cross,ICRC
Amnesty International|Amnesty
Human Rights Watch|HRW
Médecins Sans Frontières|MSF,Doctors Without Borders,Medecins Sans Frontieres
Save the Children|
Oxfam|
Greenpeace|
ACLU|American Civil Liberties Union,A.C.L.U.
National Rifle Association|NRA,N.R.A.
Islamic State|ISIS,ISIL,IS,Isis,Isil,Daesh
Al-Qaeda|al-Qaeda,al Qaeda,Al Qaeda,al-Qaida
Taliban|Taleban
Hamas|
Hezbollah|Hizbollah,Hizbullah
FIFA|Fifa
UEFA|Uefa
International Olympic Committee|IOC
World Anti-Doping Agency|WADA
NFL|National Football League
NBA|National Basketball Association
Center for Strategic and International Studies|Center for Strategic & International Studies,CSIS
Royal Canadian Mounted Police|RCMP
New York Police Department|NYPD
Los Angeles Police Department|LAPD
Federal Communications Commission|FCC
Federal Trade Commission|FTC
Internal Revenue Service|IRS
Government Accountability Office|GAO
Congressional Budget Office|CBO
Immigration and Customs Enforcement|ICE
Customs and Border Protection|CBP
U.S. Army|US Army
U.S. Navy|US Navy
U.S. Air Force|US Air Force
U.S. Marine Corps|Marine Corps,US Marine Corps
Israel Defense Forces|IDF,Israeli Defense Forces,Israeli army,Israeli military
People's Liberation Army|PLA
Moody's|
Standard & Poor's|S&P
McDonald's|
Lloyd's of London|Lloyd's
Sotheby's|
Christie's|
Macy's|
Sainsbury's|
Domino's|
Wendy's|
Kohl's|
Lowe's|
Levi's|
Ladbrokes|
Barclays|
Walmart|"""

# Body nouns that mean one body of a country; the first is the name used.
ARMS: tuple[tuple[str, ...], ...] = (
    ("government", "administration", "cabinet"),
    ("military", "army", "armed forces", "defence forces", "defense forces", "security forces"),
    ("foreign ministry", "ministry of foreign affairs", "foreign affairs ministry", "foreign office"),
    ("defence ministry", "defense ministry", "ministry of defence", "ministry of defense"),
    ("interior ministry", "ministry of the interior", "ministry of interior", "home ministry"),
    ("health ministry", "ministry of health"),
    ("finance ministry", "ministry of finance"),
    ("justice ministry", "ministry of justice"),
    ("transport ministry", "ministry of transport"),
    ("parliament", "national assembly", "legislature"),
    ("navy",),
    ("air force",),
    ("coast guard", "coastguard"),
    ("police", "national police", "federal police"),
    ("presidency", "president's office", "presidential office"),
    ("embassy",),
    ("supreme court",),
    ("central bank",),
    ("election commission", "electoral commission"),
    ("civil aviation authority", "aviation authority"),
    (
        "state media",
        "state television",
        "state tv",
        "state news agency",
        "state radio",
        "official news agency",
        "state-run media",
    ),
)

# Words in capitals that make a name an organization's.
NAME_WORDS = frozenset(
    """Ministry Department Agency Office Bureau Council Committee Commission Party Union Association Federation
    Foundation Institute Institution University College School Academy Hospital Clinic Church Court
    Parliament Congress Senate Assembly Army Navy Force Forces Corps Guard Police Authority Administration
    Service Services Bank Group Company Corporation Corp Corp. Inc Inc. Ltd Ltd. LLC PLC plc Co Co. Holdings
    Partners Capital Airlines Airways Motors Industries Systems Technologies Energy Media Press Times Post
    News Network Club FC United City League Team Trust Fund Society Organization Organisation Center Centre
    Campaign Movement Front Brigade Brigades Alliance Coalition Embassy Consulate Board Command Directorate
    Secretariat Station Studios Pictures Records Entertainment Store Stores Airport Museum Library Theatre
    Theater House Street Road Avenue Square Park Bridge River Lake Mountain Island Islands County Province
    State States District Region Republic Kingdom Nations World International National Federal Global Watch
    Rights Program Programme Project Study Survey Poll Report Journal Review Magazine Act Bill Treaty
    Agreement Accord Convention Summit Conference Forum Games Cup War Memorial Day Week Month Reporters
    Observatory Monitor Initiative Network Coalition Consulting Associates Labs Laboratory Works Chamber
    Guild Unit Squad Division Battalion Regiment Intelligence Security Defense Defence Affairs Health
    Education Justice Treasury Transport Rescue Relief Aid Action Democrats Republicans Tories Labour
    Conservatives Greens Taliban Inquiry Tribunal Panel Jury Crown Palace Castle Cathedral Mosque Temple
    Synagogue Village Valley Beach Bay Port Harbour Harbor Hotel Inn Plaza Mall Tower Building Line Lines
    Railway Railways Rail Transit Water Power Electric Gas Oil Steel Mining Foods Pharma Pharmaceuticals Sea
    Ocean Gulf Coast Airbus Boeing Civil Aviation Military Stories Area Insurance Securities Investments
    Ventures Software Networks Communications Telecom Mobile Wireless""".split()
)


def _read() -> dict[str, str]:
    aliases: dict[str, str] = {}
    for line in _TABLE.splitlines():
        name, others = line.split("|")
        for alias in (name, *others.split(",")):
            if alias:
                aliases[_plain(alias)] = name
    return aliases


def _plain(words: str) -> str:
    return words.strip().removeprefix("the ").removeprefix("The ").replace("’", "'")


ALIASES = _read()


def body_of(words: str) -> str | None:
    """The name a body of the list goes by, None for any other words."""
    return ALIASES.get(_plain(words))


def arm_of(words: str) -> str | None:
    """The one name for a country's arm ("army" → "military"), None for other words."""
    low = words.lower().strip()
    return next((names[0] for names in ARMS if low in names), None)
