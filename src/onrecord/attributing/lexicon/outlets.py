"""News agencies, papers and stations with the names they go by."""

from __future__ import annotations

_TABLE = """Reuters|Thomson Reuters,Reuters news agency
The Associated Press (AP)|The Associated Press,Associated Press,AP,A.P.
Agence France-Presse (AFP)|Agence France-Presse,AFP,Agence France Presse
Bloomberg News|Bloomberg
United Press International (UPI)|United Press International,UPI
Press Association|PA Media,PA news agency
Deutsche Presse-Agentur (dpa)|Deutsche Presse-Agentur,DPA,dpa
Xinhua|Xinhua News Agency,New China News Agency
Interfax|Interfax news agency
TASS|Itar-Tass,ITAR-TASS,Tass
RIA Novosti|RIA
Anadolu|Anadolu Agency
Kyodo|Kyodo News
Yonhap|Yonhap News Agency,Yonhap News
Press Trust of India|PTI
Asian News International|ANI
Australian Associated Press|AAP
The Canadian Press|Canadian Press
ANSA|
EFE|Efe
Bernama|
Antara|
Fars News Agency|Fars
Tasnim|Tasnim news agency
IRNA|Islamic Republic News Agency
Mehr|Mehr news agency
SANA|Syrian Arab News Agency
KCNA|Korean Central News Agency
SITE Intelligence Group|SITE
Amaq|Amaq News Agency
MENA|Middle East News Agency
Jiji Press|Jiji
Belga|
TT|
NTB|
Ukrinform|
Interfax-Ukraine|
Dow Jones|Dow Jones Newswires
Agencia Brasil|
Notimex|
BBC|British Broadcasting Corporation,BBC News,BBC Radio 4,BBC One,BBC Radio 5 Live,BBC World Service
BBC|BBC Newsnight,BBC Breakfast,bbc.com,bbc.co.uk,BBC Scotland,the Beeb
ITV|ITV News
Channel 4 News|Channel 4
Sky News|Sky
LBC|
CNN|Cable News Network,CNN International,cnn.com
Fox News|Fox News Channel,foxnews.com,FOX News
MSNBC|
NBC News|NBC,nbcnews.com
CBS News|CBS,cbsnews.com
ABC News|abcnews.go.com
ABC|Australian Broadcasting Corporation
CNBC|
C-SPAN|
PBS|PBS NewsHour,NewsHour
NPR|National Public Radio,npr.org
CBC|CBC News,Canadian Broadcasting Corporation,Canadian Broadcasting Corp.
CTV|CTV News
Global News|
Al Jazeera|Al-Jazeera,Al Jazeera English
Al Arabiya|Al-Arabiya
Deutsche Welle|DW
France 24|France24
Euronews|
RT|Russia Today,RT.com
Sputnik|
Voice of America (VOA)|Voice of America,VOA
Radio Free Europe|Radio Free Europe/Radio Liberty,RFE/RL
Radio Free Asia|
NHK|
CCTV|CGTN,China Central Television
RTE|RTÉ
NOS|
ARD|
ZDF|
BFM TV|BFMTV,BFM
TF1|
RAI|Rai
NDTV|
Times Now|
Geo TV|Geo News
Press TV|
Rossiya 24|Rossiya
Univision|
Telemundo|
Telesur|
GB News|
Newsmax|
One America News|OAN,OANN
Breitbart|Breitbart News,breitbart.com
TheBlaze|The Blaze,Blaze Media
The WorldPost|WorldPost
HuffPost|The Huffington Post,Huffington Post,huffingtonpost.com
BuzzFeed News|BuzzFeed,Buzzfeed
Politico|POLITICO
Axios|
Vox|
Vice|Vice News,VICE News
Slate|
Salon|
The Daily Beast|Daily Beast
The Intercept|Intercept
The Hill|
Roll Call|
Business Insider|Insider
Quartz|
The Verge|
TechCrunch|
Wired|
Ars Technica|
Recode|
Gizmodo|
TMZ|
ProPublica|
Bellingcat|
Mother Jones|
The Daily Caller|Daily Caller
The Washington Post|Washington Post,WaPo,washingtonpost.com
The New York Times|New York Times,NYT,nytimes.com
The Wall Street Journal|Wall Street Journal,WSJ
USA Today|USA TODAY,usatoday.com
Los Angeles Times|LA Times,L.A. Times
Chicago Tribune|
The Boston Globe|Boston Globe
The Miami Herald|Miami Herald
The Dallas Morning News|Dallas Morning News
San Francisco Chronicle|
The Seattle Times|Seattle Times
The Denver Post|Denver Post
The Philadelphia Inquirer|Philadelphia Inquirer
Houston Chronicle|
The Arizona Republic|Arizona Republic
New York Post|
New York Daily News|Daily News
Newsday|
The Atlantic|Atlantic
The New Yorker|New Yorker
Time|Time magazine,TIME
Newsweek|
Forbes|
Fortune|
Rolling Stone|
Vanity Fair|
Esquire|
GQ|
People magazine|
National Review|
The Weekly Standard|Weekly Standard
The Nation|
The New Republic|New Republic
Foreign Policy|
The Washington Times|Washington Times
The Washington Examiner|Washington Examiner
Stars and Stripes|
Military Times|
Defense News|
The Guardian|Guardian,theguardian.com
The Observer|
The Times|The Times of London
The Sunday Times|Sunday Times
The Daily Telegraph|Daily Telegraph,The Telegraph,Telegraph,The Sunday Telegraph,Sunday Telegraph
The Independent|Independent newspaper,independent.co.uk
The Financial Times|Financial Times,FT
The Economist|Economist magazine
Daily Mail|The Daily Mail,MailOnline,Mail Online,Mail on Sunday,The Mail on Sunday
The Sun|
Daily Mirror|The Mirror,Sunday Mirror
Daily Express|The Express
Evening Standard|The Evening Standard
Metro|
The Scotsman|
The Herald|
The Irish Times|Irish Times
Irish Independent|
New Statesman|
The Spectator|
Private Eye|
Toronto Star|
The Globe and Mail|Globe and Mail
National Post|
The Sydney Morning Herald|Sydney Morning Herald
The Age|
The Australian|
The New Zealand Herald|New Zealand Herald
Le Monde|
Le Figaro|
Libération|Liberation
Mediapart|
Charlie Hebdo|
Der Spiegel|Spiegel,Spiegel Online
Die Zeit|
Die Welt|
Bild|
Süddeutsche Zeitung|Sueddeutsche Zeitung
Frankfurter Allgemeine Zeitung|FAZ,Frankfurter Allgemeine
El País|El Pais
El Mundo|
La Vanguardia|
Corriere della Sera|
La Repubblica|
La Stampa|
De Telegraaf|
NRC|NRC Handelsblad
Le Soir|
Neue Zürcher Zeitung|NZZ
Aftonbladet|
Dagens Nyheter|
Verdens Gang|VG
Gazeta Wyborcza|
Kommersant|
Novaya Gazeta|
Izvestia|
Meduza|
Kyiv Independent|The Kyiv Independent
Ukrainska Pravda|
Hurriyet|Hürriyet
Sabah|
Haaretz|
The Jerusalem Post|Jerusalem Post
The Times of Israel|Times of Israel
Yedioth Ahronoth|Ynet
Al-Ahram|Al Ahram
Asharq al-Awsat|Asharq Al-Awsat
Dawn|
The Express Tribune|Express Tribune
The Hindu|
The Indian Express|Indian Express
Hindustan Times|
The Times of India|Times of India
The Straits Times|Straits Times
South China Morning Post|SCMP
Global Times|
People's Daily|
Caixin|
The Japan Times|Japan Times
Asahi Shimbun|Asahi
Yomiuri Shimbun|Yomiuri
Nikkei|Nikkei Asian Review
Chosun Ilbo|
Munhwa Ilbo|
JoongAng Ilbo|
The Korea Herald|Korea Herald
Bangkok Post|
The Jakarta Post|Jakarta Post
Rappler|
Philippine Daily Inquirer|Inquirer
Folha de S.Paulo|Folha
O Globo|Globo
Clarín|Clarin
La Nación|La Nacion
El Universal|
Reforma|
Milenio|
Granma|
The East African|
Daily Nation|
Mail & Guardian|
News24|
Premium Times|
This Day|ThisDay
The Punch|
Vanguard|
Sahara Reporters|SaharaReporters
The Lancet|Lancet
Nature|
Science|Science magazine
New England Journal of Medicine|The New England Journal of Medicine,NEJM
STAT|STAT News
New Scientist|
Scientific American|
National Geographic|
ESPN|
Sports Illustrated|
L'Équipe|L'Equipe
Marca|
The Athletic|
Variety|
The Hollywood Reporter|Hollywood Reporter
Deadline|
Billboard|
Lawfare|
Just Security|"""

PLATFORMS = frozenset(
    """twitter facebook instagram tiktok youtube whatsapp telegram snapchat reddit linkedin tumblr weibo x
    threads bluesky mastodon periscope signal messenger medium substack truth social""".split()
)

# Words too common to be an outlet without "The", italics or a reporting verb.
COMMON = frozenset(
    """Time Nature Science Fortune People Insider Quartz Slate Salon Vox Vice Deadline Variety Billboard Wired
    Metro Dawn Globe Express Mirror Sky Independent Guardian Observer Atlantic Nation Intercept Telegraph
    Inquirer Lancet TT RT TASS SITE STAT PA AP ABC Marca Globo Reforma Vanguard Sabah Mehr Sputnik Bild
    Economist Rossiya Asahi RIA SANA MENA EFE Efe Belga Antara""".split()
)

# Ends of an outlet's name that no list holds.
NAME_ENDS = frozenset(
    """Times Post Herald Tribune Gazette Chronicle Telegraph Journal Courier Mail Mirror Observer Standard Star
    Examiner Guardian Dispatch Inquirer Globe News Press Radio Television TV Broadcasting Broadcaster
    Newspaper Magazine Monitor Reporter Reporters Bulletin Sentinel Register Advertiser Argus Echo Review
    Weekly Daily Today Network Channel Newswire Register Recorder Ledger Record Tidende Zeitung Shimbun Ilbo Diario
    Gazzetta Gazeta Corriere Giornale Jornal Noticias Prensa Rundschau Dagblad Tageblatt""".split()
)


_SAFE = frozenset("WaPo Guardian NYT WSJ TheBlaze".split())


def _read() -> tuple[dict[str, str], tuple[str, ...]]:
    aliases: dict[str, str] = {}
    names = []
    for line in _TABLE.splitlines():
        name, others = line.split("|")
        names.append(name)
        for alias in (name, *others.split(",")):
            if alias:
                aliases[_plain(alias)] = name
    return aliases, tuple(dict.fromkeys(names))


def _plain(words: str) -> str:
    return words.removeprefix("the ").removeprefix("The ").replace("’", "'").strip()


ALIASES, OUTLETS = _read()


def outlet_of(words: str) -> str | None:
    """The name an outlet of the list goes by, None for any other words."""
    name = ALIASES.get(_plain(words))
    bare = words.strip()
    if name is None or bare.lower().startswith("the "):
        return name
    common = bare in COMMON or (name.startswith("The ") and " " not in bare and bare not in _SAFE)
    return None if common and not bare.isupper() else name
