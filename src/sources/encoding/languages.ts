/** A language that is written in the Latin alphabet and has letters beside it. */
interface LatinLanguage {
  /** Its letters beyond ASCII, small, the most frequent first. */
  readonly letters: string
  /** Some of its most frequent words, as far as they are ASCII. */
  readonly words: string
}

/** By their letters, texts in an encoding that nothing names are told apart. */
export const LATIN_LANGUAGES: readonly LatinLanguage[] = [
  { letters: 'üäößé', words: 'der die und das ist mit von den' },
  { letters: 'éèàêçôûùîâïœëüæÿ', words: 'le la les et des est une pour' },
  { letters: 'óíáéñúü', words: 'el los las que una por con del' },
  { letters: 'ãçáéóíêõúâàô', words: 'que uma com para os da do em' },
  { letters: 'àèùòéìíóú', words: 'il che di per una non della con' },
  { letters: 'àéíèóòçúïü', words: 'el els les amb per una que del' },
  { letters: 'äåöéà', words: 'och att det som en av med den' },
  { letters: 'øåæéòôê', words: 'og det som en til av med den' },
  { letters: 'ëéïèöü', words: 'de het een van en dat niet voor' },
  { letters: 'äöåšž', words: 'ja on ei se mutta ovat oli joka' },
  { letters: 'äõüöšž', words: 'ja on ei see ning aga kui oli' },
  { letters: 'áíðéóöúþæý', words: 'og er sem ekki um til hann var' },
  { letters: 'áéöóőíüúű', words: 'a az egy nem hogy is van meg' },
  { letters: 'łąężśóćńź', words: 'i w na z do nie jest dla' },
  { letters: 'íáéěýřčžšůúťďóň', words: 'a na je se v do ale jako' },
  { letters: 'áíéýčžšľúťďňôäóŕĺ', words: 'a na je sa v do ale ako' },
  { letters: 'čšžćđ', words: 'i je na se u da za ne' },
  { letters: 'ăîâţşțș', words: 'de cu la nu din pentru este un' },
  { letters: 'ışüğçöâîû', words: 've bir bu ile da de ne olan' },
  { letters: 'ėšųįžūąčę', words: 'ir kad su yra tai buvo nuo iki' },
  { letters: 'āīšūēņžļģķčŗō', words: 'un ir ar no uz par ka bet' },
  { letters: 'ëç', words: 'dhe në për me nga që një te' },
]

/** The letters of other alphabets by how frequent they are in a language, the most frequent first. */
export const ALPHABETS: readonly string[] = [
  'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё',
  'оаніивртеслкмудпяьзгйчбхцжєшїюфщґ',
  'аиоетнрсвлкдпмузябгъчхцйжшщфюь',
  'аоиеурнстјклвдмпгзбшчцњжљћхђџф',
  'αοιετσνηυρπκμλόίςέάήωγδύχθφώβξζψϊϋΐΰ',
  'יוהלאתרבשמםנחדקפעגטצסכזןךףץ',
  'اليمنوتربةدعسفهكقحجشصطخأضذثزغظىئإءآؤ',
  'านรอกเงมยลวดทสตะปบคหแจพชขใไผโณศซถฟษฉธญภฎฏฐฑฒฬฮฤ',
]

/** The most frequent characters of Chinese, simplified and as they are in Taiwan, and of Japanese. */
export const HAN: readonly string[] = [
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运日姓城京先生谢谢订单客户货尊敬您价格公司联系电话地址商品测试编码希望结果正确文本欢迎',
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運姓城台灣先生謝謝訂單客戶貨親愛您價格公司聯絡電話地址商品測試編碼希望結果正確文本歡迎',
  '日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨会同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以思家世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住真有口少町料工建空急止送切転研足究楽起着店病質待試族早映親験英医仕去味写字答夜音注帰古歌買悪図週室歩風紙黒花春赤青館屋色走秋夏習駅洋旅服夕借曜飲肉貸堂鳥飯勉冬昼茶弟牛魚兄犬妹姉漢都市県区村様客商品文章注文番号電話住所株式会社判定少長',
]

/** The most frequent syllables of Korean. */
export const HANGUL =
  '이다는을가에의고하한사지로기어리대시나아일도자인해부그서여정스보수장원전과를라들주세있은으면서니었제상것만것관공적성동구조문비트국할안경미되수신실위내물발연유소방중무학선거산개생강말음받모습운계치급현합업등분진형반회복본알려여님감합니습까요문품객입텍코드'
