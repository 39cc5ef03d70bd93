"""Countries with their people's word and capital, for bodies that are named after a place."""

from __future__ import annotations

_TABLE = """Afghanistan|Afghan|Kabul
Albania|Albanian|Tirana
Algeria|Algerian|Algiers
Angola|Angolan|Luanda
Argentina|Argentine,Argentinian|Buenos Aires
Armenia|Armenian|Yerevan
Australia|Australian|Canberra
Austria|Austrian|Vienna
Azerbaijan|Azerbaijani,Azeri|Baku
Bahrain|Bahraini|Manama
Bangladesh|Bangladeshi|Dhaka
Belarus|Belarusian|Minsk
Belgium|Belgian|
Benin|Beninese|
Bolivia|Bolivian|La Paz
Bosnia|Bosnian|Sarajevo
Botswana|Botswanan|Gaborone
Brazil|Brazilian|Brasilia
Britain,United Kingdom,UK,U.K.,U.K,Great Britain|British|London
Bulgaria|Bulgarian|Sofia
Burkina Faso|Burkinabe|Ouagadougou
Burundi|Burundian|Bujumbura
Cambodia|Cambodian|Phnom Penh
Cameroon|Cameroonian|Yaounde,Yaoundé
Canada|Canadian|Ottawa
Central African Republic||Bangui
Chad|Chadian|Ndjamena,N'Djamena
Chile|Chilean|Santiago
China|Chinese|Beijing
Colombia|Colombian|Bogota,Bogotá
Congo,Democratic Republic of Congo|Congolese|Kinshasa
Costa Rica|Costa Rican|
Croatia|Croatian|Zagreb
Cuba|Cuban|Havana
Cyprus|Cypriot|Nicosia
Czech Republic,Czechia|Czech|Prague
Denmark|Danish|Copenhagen
Dominican Republic|Dominican|
Ecuador|Ecuadorian,Ecuadorean|Quito
Egypt|Egyptian|Cairo
El Salvador|Salvadoran|San Salvador
Eritrea|Eritrean|Asmara
Estonia|Estonian|Tallinn
Ethiopia|Ethiopian|Addis Ababa
Finland|Finnish|Helsinki
France|French|Paris
Gabon|Gabonese|Libreville
Gambia|Gambian|Banjul
Georgia|Georgian|Tbilisi
Germany|German|Berlin
Ghana|Ghanaian|Accra
Greece|Greek|Athens
Guatemala|Guatemalan|
Guinea|Guinean|Conakry
Haiti|Haitian|Port-au-Prince
Honduras|Honduran|Tegucigalpa
Hong Kong||
Hungary|Hungarian|Budapest
Iceland|Icelandic|Reykjavik
India|Indian|New Delhi,Delhi
Indonesia|Indonesian|Jakarta
Iran|Iranian|Tehran
Iraq|Iraqi|Baghdad
Ireland|Irish|Dublin
Israel|Israeli|Jerusalem
Italy|Italian|Rome
Ivory Coast|Ivorian|Abidjan
Jamaica|Jamaican|Kingston
Japan|Japanese|Tokyo
Jordan|Jordanian|Amman
Kazakhstan|Kazakh|Astana
Kenya|Kenyan|Nairobi
Kosovo|Kosovan,Kosovar|Pristina
Kuwait|Kuwaiti|
Kyrgyzstan|Kyrgyz|Bishkek
Laos|Laotian|Vientiane
Latvia|Latvian|Riga
Lebanon|Lebanese|Beirut
Liberia|Liberian|Monrovia
Libya|Libyan|Tripoli
Lithuania|Lithuanian|Vilnius
Luxembourg||
Madagascar|Malagasy|Antananarivo
Malawi|Malawian|Lilongwe
Malaysia|Malaysian|Kuala Lumpur,Putrajaya
Mali|Malian|Bamako
Malta|Maltese|Valletta
Mauritania|Mauritanian|Nouakchott
Mexico|Mexican|Mexico City
Moldova|Moldovan|Chisinau
Mongolia|Mongolian|Ulaanbaatar
Montenegro|Montenegrin|Podgorica
Morocco|Moroccan|Rabat
Mozambique|Mozambican|Maputo
Myanmar,Burma|Burmese|Naypyidaw
Namibia|Namibian|Windhoek
Nepal|Nepali,Nepalese|Kathmandu
Netherlands,Holland|Dutch|The Hague,Amsterdam
New Zealand||Wellington
Nicaragua|Nicaraguan|Managua
Niger|Nigerien|Niamey
Nigeria|Nigerian|Abuja
North Korea|North Korean|Pyongyang
North Macedonia,Macedonia|Macedonian|Skopje
Norway|Norwegian|Oslo
Oman|Omani|Muscat
Pakistan|Pakistani|Islamabad
Palestine|Palestinian|Ramallah
Panama|Panamanian|
Paraguay|Paraguayan|Asuncion
Peru|Peruvian|Lima
Philippines|Philippine,Filipino|Manila
Poland|Polish|Warsaw
Portugal|Portuguese|Lisbon
Qatar|Qatari|Doha
Romania|Romanian|Bucharest
Russia|Russian|Moscow
Rwanda|Rwandan|Kigali
Saudi Arabia|Saudi,Saudi Arabian|Riyadh
Scotland|Scottish|Edinburgh
Senegal|Senegalese|Dakar
Serbia|Serbian,Serb|Belgrade
Sierra Leone|Sierra Leonean|Freetown
Singapore|Singaporean|
Slovakia|Slovak|Bratislava
Slovenia|Slovenian|Ljubljana
Somalia|Somali|Mogadishu
South Africa|South African|Pretoria
South Korea|South Korean|Seoul
South Sudan|South Sudanese|Juba
Spain|Spanish|Madrid
Sri Lanka|Sri Lankan|Colombo
Sudan|Sudanese|Khartoum
Sweden|Swedish|Stockholm
Switzerland|Swiss|Bern
Syria|Syrian|Damascus
Taiwan|Taiwanese|Taipei
Tajikistan|Tajik|Dushanbe
Tanzania|Tanzanian|Dodoma
Thailand|Thai|Bangkok
Togo|Togolese|Lome
Tunisia|Tunisian|Tunis
Turkey,Türkiye|Turkish|Ankara
Turkmenistan|Turkmen|Ashgabat
Uganda|Ugandan|Kampala
Ukraine|Ukrainian|Kyiv,Kiev
United Arab Emirates,UAE|Emirati|Abu Dhabi
United States,US,U.S.,U.S,USA,America,United States of America|American|Washington
Uruguay|Uruguayan|Montevideo
Uzbekistan|Uzbek|Tashkent
Venezuela|Venezuelan|Caracas
Vietnam|Vietnamese|Hanoi
Wales|Welsh|Cardiff
Yemen|Yemeni|Sanaa
Zambia|Zambian|Lusaka
Zimbabwe|Zimbabwean|Harare"""


def _read() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    people: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for line in _TABLE.splitlines():
        country, nations, seats = (part.split(",") for part in line.split("|"))
        first = country[0]
        names.update(dict.fromkeys(country, first))
        people.update({word: first for word in nations if word})
        capitals.update({word: first for word in seats if word})
    return names, people, capitals


COUNTRIES, DEMONYMS, CAPITALS = _read()
PEOPLES: dict[str, str] = {}
for _word, _country in DEMONYMS.items():
    PEOPLES.setdefault(_country, _word)

# How a government is written in a party's name.
SHORT = {"United States": "U.S.", "Britain": "British"}


def country_of(words: str) -> str | None:
    """The country that a country's name, people's word or capital stands for."""
    plain = words.strip().removeprefix("the ").removeprefix("The ")
    return COUNTRIES.get(plain) or DEMONYMS.get(plain) or CAPITALS.get(plain)


STATES = frozenset(
    """New York, New Mexico, New Jersey, New Hampshire, New England, New Orleans, North Carolina, South Carolina, North
Dakota, South Dakota, West Virginia, Rhode Island, Los Angeles, San Francisco, San Diego, Las Vegas, St Louis,
St. Louis, Salt Lake City, Kansas City, Long Island, New South Wales, Northern Ireland, Nova Scotia, British
Columbia, Cape Town, Hong Kong, Tel Aviv, Rio de Janeiro, Sao Paulo, Buenos Aires, Mexico City, West Bank, East
Jerusalem, Middle East, Palm Beach, Baton Rouge, Santa Fe, El Paso, Fort Worth""".replace("\n", " ").split(", ")
)
OTHER_PLACES = frozenset(
    """Africa Europe Asia Antarctica Americas Gaza Crimea Chechnya Kashmir Tibet Darfur Kurdistan Catalonia
    Bavaria Siberia California Texas Florida Alaska Hawaii Ohio Virginia Arizona Nevada Oregon Michigan
    Georgia Pennsylvania Massachusetts Maryland Ontario Quebec England Ulster Brussels Geneva Istanbul
    Mumbai Karachi Lagos Sydney Melbourne Toronto Montreal Vancouver Chicago Boston Dallas Houston
    Philadelphia Phoenix Detroit Seattle Denver Atlanta Miami Manhattan Brooklyn Hollywood Barcelona Milan
    Munich Frankfurt Hamburg Aleppo Mosul Basra Fallujah Donetsk Luhansk Kharkiv Odessa Mariupol Shanghai
    Guangzhou Shenzhen Osaka Fukushima Wuhan""".split()
)
