"""The language of a report is recognised, said, and what is not English is read and not analysed."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.datamodel.report import Fate
from onrecord.reading.intake import read
from onrecord.reading.language import NAMES, agree, recognise

# Invented news in twenty languages, two texts each.
TEXTS = (
    ("en", "The harbour board said on Monday that the old crane would be taken down before winter, because both inspections "
           "this year had found rust in its main beam. The quay stays open while the work goes on, and the ferries run."),
    ("en", "Nobody knew why the lights along the river had failed. Engineers looked at the cables through the night, and by "
           "morning they had found a box full of water under the bridge, where a cover had been missing since the spring."),
    ("de", "Der Hafenrat teilte am Montag mit, dass der alte Kran noch vor dem Winter abgebaut werde, weil man bei beiden "
           "Prüfungen in diesem Jahr Rost im Hauptträger gefunden habe. Der Kai bleibe während der Arbeiten geöffnet."),
    ("de", "Niemand wusste, warum die Lampen am Fluss ausgefallen waren. Die Techniker sahen sich die ganze Nacht die Kabel an "
           "und fanden am Morgen unter der Brücke einen Kasten voller Wasser, dem seit dem Frühjahr der Deckel fehlte."),
    ("fr", "Le conseil du port a déclaré lundi que la vieille grue serait démontée avant l’hiver, parce que les deux contrôles "
           "de cette année avaient révélé de la rouille dans la poutre principale. Le quai restera ouvert pendant les travaux."),
    ("fr", "Personne ne savait pourquoi les lampes le long du fleuve s’étaient éteintes. Les techniciens ont examiné les câbles "
           "toute la nuit et ont trouvé au matin, sous le pont, un boîtier plein d’eau dont le couvercle manquait."),
    ("es", "La junta del puerto dijo el lunes que la vieja grúa será desmontada antes del invierno, porque las dos inspecciones "
           "de este año encontraron óxido en la viga principal. El muelle seguirá abierto mientras duren los trabajos."),
    ("es", "Nadie sabía por qué se habían apagado las luces junto al río. Los técnicos revisaron los cables toda la noche y por "
           "la mañana encontraron bajo el puente una caja llena de agua a la que le faltaba la tapa desde la primavera."),
    ("it", "Il consiglio del porto ha detto lunedì che la vecchia gru sarà smontata prima dell’inverno, perché entrambi i "
           "controlli di quest’anno hanno trovato ruggine nella trave principale. La banchina resterà aperta durante i lavori."),
    ("it", "Nessuno sapeva perché le luci lungo il fiume si fossero spente. I tecnici hanno guardato i cavi per tutta la notte e "
           "al mattino hanno trovato sotto il ponte una scatola piena d’acqua, senza coperchio dalla primavera."),
    ("pt", "O conselho do porto disse na segunda-feira que o velho guindaste será desmontado antes do inverno, porque as duas "
           "inspeções deste ano encontraram ferrugem na viga principal. O cais continuará aberto durante as obras."),
    ("pt", "Ninguém sabia por que as luzes ao longo do rio se tinham apagado. Os técnicos examinaram os cabos durante toda a "
           "noite e de manhã encontraram debaixo da ponte uma caixa cheia de água, sem tampa desde a primavera."),
    ("nl", "Het havenbestuur zei maandag dat de oude kraan nog voor de winter wordt afgebroken, omdat bij beide controles van "
           "dit jaar roest in de hoofdbalk was gevonden. De kade blijft open terwijl er aan de kraan wordt gewerkt."),
    ("nl", "Niemand wist waarom de lampen langs de rivier waren uitgevallen. De monteurs keken de hele nacht naar de kabels en "
           "vonden ’s ochtends onder de brug een kast vol water waarvan het deksel sinds het voorjaar ontbrak."),
    ("pl", "Rada portu poinformowała w poniedziałek, że stary dźwig zostanie rozebrany jeszcze przed zimą, ponieważ podczas obu "
           "tegorocznych kontroli znaleziono rdzę w głównej belce. Nabrzeże pozostanie otwarte w czasie robót."),
    ("pl", "Nikt nie wiedział, dlaczego zgasły lampy nad rzeką. Technicy przez całą noc oglądali kable, a rano znaleźli pod "
           "mostem skrzynkę pełną wody, w której od wiosny brakowało pokrywy, choć mieszkańcy pisali o tym do urzędu."),
    ("cs", "Rada přístavu v pondělí oznámila, že starý jeřáb bude rozebrán ještě před zimou, protože při obou letošních "
           "kontrolách byla v hlavním nosníku nalezena rez. Nábřeží zůstane během prací otevřené a přívozy budou jezdit dál."),
    ("cs", "Nikdo nevěděl, proč zhasly lampy podél řeky. Technici celou noc prohlíželi kabely a ráno našli pod mostem skříň "
           "plnou vody, na které od jara chyběl kryt, přestože na to obyvatelé úřad několikrát upozornili."),
    ("sv", "Hamnstyrelsen sade i måndags att den gamla kranen ska monteras ned före vintern, eftersom båda årets kontroller hade "
           "visat rost i huvudbalken. Kajen hålls öppen medan arbetet pågår, och färjorna går som vanligt."),
    ("sv", "Ingen visste varför lamporna längs ån hade slocknat. Teknikerna såg över kablarna hela natten och hittade på "
           "morgonen ett skåp fullt av vatten under bron, där luckan hade saknats ända sedan i våras, sade de."),
    ("fi", "Satamalautakunta kertoi maanantaina, että vanha nosturi puretaan ennen talvea, koska molemmissa tämän vuoden "
           "tarkastuksissa pääpalkista löytyi ruostetta. Laituri pysyy auki töiden ajan, ja lautat kulkevat kuten ennenkin."),
    ("fi", "Kukaan ei tiennyt, miksi joen varren lamput olivat sammuneet. Asentajat tutkivat kaapeleita koko yön ja löysivät "
           "aamulla sillan alta vettä täynnä olevan kaapin, josta oli puuttunut kansi jo keväästä asti."),
    ("hu", "A kikötői tanács hétfőn közölte, hogy a régi darut még a tél előtt lebontják, mert az idei két vizsgálat során "
           "rozsdát találtak a főgerendában. A rakpart a munkák alatt is nyitva marad, és a kompok is járnak."),
    ("hu", "Senki sem tudta, miért aludtak ki a lámpák a folyó mentén. A szerelők egész éjjel a kábeleket nézték, és reggel a "
           "híd alatt egy vízzel teli szekrényt találtak, amelynek tavasz óta hiányzott a fedele, mondták."),
    ("ro", "Consiliul portului a anunțat luni că vechea macara va fi demontată înainte de iarnă, pentru că la ambele controale "
           "din acest an s-a găsit rugină în grinda principală. Cheiul va rămâne deschis în timpul lucrărilor."),
    ("ro", "Nimeni nu știa de ce se stinseseră luminile de-a lungul râului. Tehnicienii au verificat cablurile toată noaptea, "
           "iar dimineața au găsit sub pod o cutie plină cu apă, căreia îi lipsea capacul din primăvară."),
    ("tr", "Liman kurulu pazartesi günü yaptığı açıklamada, bu yılki iki denetimde de ana kirişte pas bulunduğu için eski vincin "
           "kıştan önce söküleceğini söyledi. Çalışmalar sürerken rıhtım açık kalacak ve vapurlar işleyecek."),
    ("tr", "Nehir boyundaki lambaların neden söndüğünü kimse bilmiyordu. Teknisyenler bütün gece kabloları incelediler ve sabah "
           "köprünün altında, kapağı ilkbahardan beri eksik olan, suyla dolu bir kutu buldular, dediler."),
    ("ru", "Совет порта сообщил в понедельник, что старый кран разберут ещё до зимы, потому что обе проверки этого года выявили "
           "ржавчину в главной балке. Набережная останется открытой на время работ, а паромы будут ходить как обычно."),
    ("ru", "Никто не знал, почему погасли фонари вдоль реки. Техники всю ночь осматривали кабели и утром нашли под мостом шкаф, "
           "полный воды, у которого с весны не было крышки, хотя жители не раз об этом писали в город."),
    ("uk", "Рада порту повідомила в понеділок, що старий кран розберуть ще до зими, бо обидві цьогорічні перевірки виявили іржу "
           "в головній балці. Набережна залишиться відкритою під час робіт, а пороми ходитимуть як завжди."),
    ("uk", "Ніхто не знав, чому згасли ліхтарі вздовж річки. Техніки всю ніч оглядали кабелі й уранці знайшли під мостом шафу, "
           "повну води, у якої з весни не було кришки, хоча мешканці про це неодноразово писали до міста."),
    ("ar", "قال مجلس الميناء يوم الاثنين إن الرافعة القديمة ستفكك قبل الشتاء لأن عمليتي الفحص هذا العام كشفتا صدأ في العارضة "
           "الرئيسية. وسيبقى الرصيف مفتوحا خلال الأعمال كما ستواصل العبارات رحلاتها بين الضفتين كل ساعة دون أي تغيير في المواعيد."),
    ("ar", "لم يعرف أحد سبب انطفاء المصابيح على طول النهر. فحص الفنيون الكابلات طوال الليل وعثروا في الصباح تحت الجسر على صندوق "
           "مليء بالماء كان غطاؤه مفقودا منذ الربيع رغم أن السكان كتبوا إلى البلدية أكثر من مرة وطلبوا إصلاحه قبل موسم الأمطار."),
    ("el", "Το συμβούλιο του λιμανιού είπε τη Δευτέρα ότι ο παλιός γερανός θα διαλυθεί πριν από τον χειμώνα, επειδή και στους δύο "
           "ελέγχους της χρονιάς βρέθηκε σκουριά στην κύρια δοκό. Η προβλήτα θα μείνει ανοιχτή όσο διαρκούν οι εργασίες."),
    ("el", "Κανείς δεν ήξερε γιατί είχαν σβήσει τα φώτα κατά μήκος του ποταμού. Οι τεχνικοί κοίταζαν τα καλώδια όλη τη νύχτα και "
           "το πρωί βρήκαν κάτω από τη γέφυρα ένα κουτί γεμάτο νερό, που του έλειπε το καπάκι από την άνοιξη."),
    ("zh", "港口委员会星期一表示,由于今年的两次检查都在主梁上发现了锈蚀,旧起重机将在冬天之前拆除。施工期间码头将继续开放,渡轮也照常运行。委员会主席说,"
           "修补的费用一年比一年高,而主梁并不会因此变得更新。一名码头工人说,这台起重机六十年来一直是当地的标志,但他也承认,在大风天气里谁都不能相信它。"
           "整个工程预计在十一月完成,费用为两百万,如果天气允许,拆下的部件将由驳船运走,岸边的道路在夜间可能会短时间封闭,居民可以绕行。"),
    ("zh", "没有人知道河边的路灯为什么熄灭了。技术人员整夜检查电缆,早上在桥下发现了一个装满水的箱子,它的盖子从春天起就不见了。附近的居民说,他们曾经多次写信"
           "给市政府,要求在雨季之前修好它,可是一直没有得到答复。市政府的发言人说,信件已经转给负责的部门,目前正在调查为什么没有人处理。电力公司表示,今晚之前"
           "所有的路灯都会恢复照明,并且会检查沿河的其他箱子,以免同样的事情再次发生。居民们对此表示欢迎,但希望以后能更快得到回答。"),
    ("ja", "港湾委員会は月曜日、今年の二回の点検でいずれも主桁にさびが見つかったため、古いクレーンを冬の前に撤去すると発表した。工事の間も岸壁は開放され、"
           "渡し船は通常どおり運航される。委員長は住民に対し、修理の費用は毎年増えており、これ以上続けることはできないと説明した。港で働く男性は、六十年間この町の"
           "目印だったので寂しいが、強い風の日にはもう誰も信用できないと話した。工事は天候がよければ十一月に終わる見込みである。"),
    ("ja", "川沿いの街灯がなぜ消えたのか、誰にも分からなかった。作業員たちは一晩中ケーブルを調べ、朝になって橋の下で水のいっぱい入った箱を見つけた。ふたは春から"
           "なくなっていたという。近くに住む人たちは、雨の季節の前に直してほしいと何度も市役所に手紙を書いたが、返事はなかったと話している。市の担当者は、手紙は"
           "担当の部署に渡したが、なぜ対応しなかったのかを調べていると述べた。今夜までにすべての街灯が元に戻る予定である。"),
)  # fmt: skip


def test_nearly_all_of_forty_texts_are_recognised() -> None:
    assert len(TEXTS) == 40 and len({code for code, _ in TEXTS}) == 20
    assert all(len(text) > 199 for _, text in TEXTS)
    wrong = [(code, recognise(text), text[:40]) for code, text in TEXTS if recognise(text) != code]
    assert len(wrong) <= 1, wrong
    assert {code for code, _ in TEXTS} <= set(NAMES)


@pytest.mark.parametrize("text", ["Crane to come down", "12:05", "Otto Brandt, Lindmouth", ""])
def test_a_few_words_are_in_no_language(text: str) -> None:
    assert recognise(text) is None


def test_an_english_story_in_capitals_is_english() -> None:
    assert recognise(TEXTS[0][1].upper()) == "en"


def test_what_is_not_english_is_read_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Alter Kran wird abgebaut\n\n" + TEXTS[2][1])
    (tmp_path / "b.txt").write_text("Old crane to come down\n\n" + TEXTS[0][1])
    intake = read([tmp_path])
    german, english = intake.reports
    assert german.language == "de" and not german.analysed and german.notes[-1] == "read, not analysed: German"
    assert english.analysed and not any("not analysed" in note for note in english.notes)
    assert [(one.fate, one.reason) for one in intake.outcomes] == [
        (Fate.READ, "read, not analysed: German"),
        (Fate.READ, None),
    ]


def test_a_page_that_names_the_wrong_language_is_contradicted(tmp_path: Path) -> None:
    rows = f"<p>{TEXTS[0][1]}</p><p>{TEXTS[1][1]}</p>"
    (tmp_path / "a.html").write_text(f"<html lang=de><body><article><h1>Crane</h1>{rows}</article></body></html>")
    (report,) = read([tmp_path]).reports
    assert report.analysed and report.language == "en"
    assert "said to be in German, its words are English" in report.notes


def test_what_is_declared_in_other_words_agrees() -> None:
    assert agree("en-GB", "en") and agree("EN_us", "en") and agree("nb", "no") and agree(None, "de")
    assert not agree("fr", "de")
