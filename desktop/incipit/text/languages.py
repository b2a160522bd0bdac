"""What the letters of languages look like beyond ASCII, most frequent first.

Owns the data by which `plausibility` tells a right reading of bytes from a wrong one. Orders
are those of ordinary prose; only the order matters, not exact frequencies.
"""

from __future__ import annotations

#: Letters of European languages that stand outside ASCII, as they appear in running text.
LATIN = {
    "english": "éèñöçüáíïôêäâëóãøåæœšžñõ",
    "french": "éèàêçâîùôœûïëæÿü",
    "spanish": "óíáéñúü",
    "portuguese": "ãçáéóêíõúâôàü",
    "italian": "èàùòìéî",
    "catalan": "àóéíèòçúïü",
    "german": "üäößéàè",
    "dutch": "ëéïèöüóêç",
    "danish": "øåæéöäüòóôê",
    "swedish": "äöåéüà",
    "finnish": "äöåéšž",
    "icelandic": "áíðóþéöæúý",
    "irish": "áéíóú",
    "polish": "łąęóżśćńźé",
    "czech": "íáěéřýčžšůúťňďóöü",
    "slovak": "áéíčúýžšťľňôďóäŕĺ",
    "hungarian": "áéöóőíüúű",
    "romanian": "ăîşţâșțé",
    "croatian": "čšžćđ",
    "slovenian": "čšžćđ",
    "turkish": "ıüşöçğİâîû",
    "lithuanian": "ėšąžįųūčę",
    "latvian": "āīēšūņļžķģč",
    "estonian": "äõüöšž",
    "vietnamese": "đưàảáạãăâơêôệế",
}

#: Common words of the same languages that are in ASCII, and so read alike in every encoding.
FUNCTION_WORDS = {
    "english": "the of and to in is that for was with on as at by it be not from",
    "french": "le la les de des et un une du est dans pour que qui sur pas par au ne en",
    "spanish": "el la los las de que y en un una por con no para del se es al lo como",
    "portuguese": "o os as de que e do da em um uma para com no na por mais dos se foi",
    "italian": "il di che la e un una per in del non con della sono le si da al gli dei",
    "catalan": "el la de que i en un una per amb del les els no es al dels ha com si",
    "german": "der die und das den von zu mit ist des auf ein eine nicht dem sich im als",
    "dutch": "de het een van en in is dat op te zijn voor met die niet aan er om ook",
    "danish": "og i at det er en til af den der for ikke med de som et har kan vil fra",
    "swedish": "och att det i en som av den till med om har de ett inte kan vid var ut",
    "finnish": "ja on ei se oli kuin niin jos kun tai ole joka mukaan mutta ovat sen",
    "icelandic": "og er sem um til ekki en af var hann hefur vera eru sig mun sem hans",
    "irish": "agus an na ar ag go le is do sa leis mar bhfuil seo sin raibh nach de",
    "polish": "nie w na do z jest i to o po od za przez dla jak ale co tego ze czy lub",
    "czech": "na je v se a z do o pro jako ale po podle od za jsou bylo byl nebo k tak",
    "slovak": "na je v sa a z do o pre ako ale po od za sme bolo bol alebo k tak ktor to",
    "hungarian": "a az hogy nem is egy van volt ez meg csak de ha mint vagy ki el fel be",
    "romanian": "de la cu din un pe nu o este care mai sau al prin ca lui fi pentru sunt se",
    "croatian": "je i u na se da za od su o kao ne to s bi koji iz ali nije bio ili ovo",
    "slovenian": "je in v na se da za so pri po ne bi ki pa z ni kot bil ali tudi od o",
    "turkish": "bir ve bu da de ile olarak daha olan en var kadar sonra ama ne mi her o",
    "lithuanian": "ir kad yra su i buvo tai bet kaip per apie ne nuo iki po arba gali jo",
    "latvian": "un ir ar no par ka uz to bet kas vai tas nav pie bija tiek ja lai tika",
    "estonian": "ja on et ei ka see kui oli mis aga oma ta nii ning selle pole seda saab",
}

#: Languages whose own script stands outside ASCII.
ALPHABETS = {
    "russian": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "ukrainian": "оанитівреслкдмупязьбгчйхжїєшюцщфґ",
    "bulgarian": "аеоинтрсвлдкпмзгубчъяжцщхшйюьф",
    "serbian": "аоиенсрјтукдвмлпгзбшчцњљћжфхђџ",
    "greek": "αοιετσνηυρπκμλςόάωίγδέθχήφύβώξζψϊϋΰΐ",
    "hebrew": "יוהלאמברתשנכעדםקפחטסגצזןךףץ",
    "arabic": "اليمنتروبعدفهسكقحةجصشطأخىضءزئثذغظؤآإچپگکی",
    "thai": "านร่อกเงมยลวด้ทีสตัะปบิคหแจพชขใไุื์ูโึ็ผำซณญธถศษฉภฐๆ",
}

_SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政"
    "美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员"
    "解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件"
    "计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象"
    "完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运"
)
_TRADITIONAL = (
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡"
    "用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實"
    "日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政"
    "美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員"
    "解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件"
    "計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象"
    "完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運"
)
_JAPANESE = (
    "のいにしたとるはてがなでをれんかさっらまもうりすこきけあだそくよえっちおめせわみどじつばろべやひびずほぎごげ"
    "ぶゆむねへぬふぞぜぐょゅゃンスルトーイラリアクドシジタカロマニテコレサフメナバ日一国人年大十二本中長出三時"
    "行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女者事会自社発地業方新場員立開手力問代明動京"
    "目通言理体田主題意不作用度強公持野以思家世多正院心界教文元重近考海売知集別物使品計死特私始同民部政法内定"
    "合実経化当対関現相連全最戦約性的取議回平決務調治米和市保件軍選電車原不運設産都府初第制成期数面結表指利記"
)
_KOREAN = (
    "이다는의에을가고하지로은한기도사대를어인그서나정리시수자것전일해여들으부아과니있국적구제라장보스상게면만"
    "안주원경동공성조신유무위생실화우중내연마세소진비인방문회관개업학미년행요할됐까교용모당영였습됩거었없"
)

#: Languages of many characters, of which only the common ones stand here.
CHARACTERS = {
    "chinese": _SIMPLIFIED,
    "chinese (traditional)": _TRADITIONAL,
    "japanese": _JAPANESE,
    "korean": _KOREAN,
}
