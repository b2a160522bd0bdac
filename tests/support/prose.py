"""A few sentences in several languages, written for these tests, with encodings they fit."""

from __future__ import annotations

PROSE = {
    "german": "Die Bürger der kleinen Städte hören früh am Morgen die Züge über die Brücke "
    "fahren. Für viele heißt das: aufstehen, Kaffee kochen und sich über das Wetter ärgern.",
    "french": "À l’époque, les élèves allaient à l’école à pied, même quand la neige avait "
    "recouvert les chemins. La maîtresse allumait le poêle et notait les présents.",
    "spanish": "¿Cuándo llegará el tren? El señor de la estación dijo que mañana habría más "
    "información, pero nadie creyó en él después de tantos años.",
    "swedish": "På våren kör båtarna åter ut till öarna. Människorna på bryggan frågar när "
    "färjan går och får inget svar förrän kaptenen själv har druckit sitt kaffe.",
    "polish": "Wieczorem cała rodzina usiadła przy stole, żeby omówić podróż. Babcia "
    "powiedziała, że pociąg na północ odjeżdża później, niż myśleliśmy, więc zdążymy.",
    "czech": "Když přišel večer, děti běžely k řece a házely do vody ploché kameny. Nikdo "
    "nevěděl, že zítra začne pršet a že se most příští týden zavře.",
    "hungarian": "A falu szélén öreg tölgyfák állnak, és nyáron hűs árnyékot adnak. Az "
    "emberek azt mondják, hogy őseik ültették őket, még a nagy tűz előtt.",
    "russian": "Утром в порту было тихо, и только чайки кричали над водой. Рыбаки ждали, "
    "когда поднимется ветер, и рассказывали друг другу старые истории о море.",
    "greek": "Το καλοκαίρι οι άνθρωποι του χωριού κάθονται το βράδυ στην πλατεία και μιλούν "
    "για τη θάλασσα, τα καΐκια και τις παλιές ιστορίες που τους έλεγε ο παππούς.",
    "japanese": "昨日の朝、駅の前で友だちを待っていました。雨が降り始めたので、"
    "二人で小さな喫茶店に入って、コーヒーを飲みながら旅行の計画を話しました。",
    "chinese": "昨天早上我们在车站等朋友，忽然下起了大雨。大家只好走进一家小咖啡馆，"
    "一边喝茶一边谈论去北方旅行的计划，直到中午天才放晴。",
    "chinese (traditional)": "昨天早上我們在車站等朋友，忽然下起了大雨。大家只好走進一家小咖啡館，"
    "一邊喝茶一邊談論去北方旅行的計畫，直到中午天才放晴。",
    "korean": "어제 아침에 역 앞에서 친구를 기다리고 있었다. 갑자기 비가 오기 시작해서 우리는 "
    "작은 카페에 들어가 차를 마시며 여행 계획을 이야기했다.",
}

#: Encodings without marks in which each is to be recognised.
ENCODED = (
    *((language, "windows-1252") for language in ("german", "french", "spanish", "swedish")),
    *((language, "iso-8859-15") for language in ("german", "spanish", "swedish")),
    *((language, "mac-roman") for language in ("german", "french", "spanish")),
    *((language, "iso-8859-2") for language in ("polish", "czech", "hungarian")),
    *((language, "windows-1250") for language in ("polish", "czech", "hungarian")),
    *(("russian", name) for name in ("koi8-r", "windows-1251", "iso-8859-5", "cp866")),
    *(("greek", name) for name in ("windows-1253", "iso-8859-7")),
    *(("japanese", name) for name in ("shift-jis", "euc-jp")),
    ("chinese", "gb18030"),
    ("chinese (traditional)", "big5"),
    ("korean", "cp949"),
)
