package language_test

import (
	"strings"
	"testing"

	"lede/annotate"
	"lede/annotate/language"
)

// stories are the same news in the languages of the press.
var stories = map[string]string{
	"en": "The government decided on Monday to lower taxes, a spokesman for the ministry said. The opposition called it a gift to the rich and announced that it would vote against the bill in parliament next week.",
	"de": "Die Regierung hat am Montag beschlossen, die Steuern zu senken, sagte ein Sprecher des Ministeriums. Die Opposition nannte es ein Geschenk an die Reichen und kündigte an, nächste Woche im Parlament dagegen zu stimmen.",
	"fr": "Le gouvernement a décidé lundi de baisser les impôts, a déclaré un porte-parole du ministère. L’opposition a parlé d’un cadeau aux riches et annoncé qu’elle voterait contre le projet de loi la semaine prochaine.",
	"es": "El gobierno decidió el lunes bajar los impuestos, dijo un portavoz del ministerio de Hacienda. La oposición lo llamó un regalo para los ricos y anunció que votará en contra en el parlamento la próxima semana.",
	"pt": "O governo decidiu na segunda-feira baixar os impostos, disse um porta-voz do ministério das Finanças. A oposição chamou-lhe um presente para os ricos e anunciou que votará contra a proposta no parlamento na próxima semana, não obstante as pressões.",
	"it": "Il governo ha deciso lunedì di abbassare le tasse, ha detto un portavoce del ministero. L’opposizione lo ha chiamato un regalo ai ricchi e ha annunciato che la prossima settimana voterà contro la legge in parlamento.",
	"tr": "Hükümet pazartesi günü vergileri düşürmeye karar verdi, bakanlık sözcüsü söyledi. Muhalefet bunun zenginlere bir hediye olduğunu belirtti ve gelecek hafta mecliste karşı oy kullanacağını açıkladı.",
	"ru": "Правительство решило в понедельник снизить налоги, сообщил представитель министерства. Оппозиция назвала это подарком богатым и объявила, что на следующей неделе будет голосовать против законопроекта в парламенте.",
	"uk": "Уряд вирішив у понеділок знизити податки, повідомив речник міністерства. Опозиція назвала це подарунком багатим і оголосила, що наступного тижня голосуватиме проти законопроєкту в парламенті.",
	"ar": "قررت الحكومة يوم الاثنين خفض الضرائب، حسبما قال متحدث باسم الوزارة. ووصفت المعارضة القرار بأنه هدية للأغنياء وأعلنت أنها ستصوت ضده في البرلمان الأسبوع المقبل.",
	"fa": "دولت روز دوشنبه تصمیم گرفت مالیات\u200cها را کاهش دهد، سخنگوی وزارتخانه گفت. مخالفان آن را هدیه\u200cای به ثروتمندان خواندند و اعلام کردند که هفته آینده در مجلس به آن رأی منفی خواهند داد.",
	"he": "הממשלה החליטה ביום שני להוריד את המסים, אמר דובר המשרד. האופוזיציה כינתה זאת מתנה לעשירים והודיעה כי תצביע נגד ההצעה בכנסת בשבוע הבא.",
	"hi": "सरकार ने सोमवार को कर कम करने का फैसला किया, मंत्रालय के प्रवक्ता ने कहा। विपक्ष ने इसे अमीरों के लिए तोहफा बताया और कहा कि वह अगले सप्ताह संसद में इसके खिलाफ मतदान करेगा।",
	"zh": "政府星期一决定降低税收，财政部发言人说。反对党称这是送给富人的礼物，并宣布下周将在议会投反对票。",
	"ja": "政府は月曜日、減税方針を決定。財務省報道官発表。野党側は富裕層優遇政策と批判、来週国会採決で反対表明へ。",
	"ko": "정부는 월요일 세금을 인하하기로 결정했다고 재무부 대변인이 말했다. 야당은 부자들을 위한 선물이라고 비판했다.",
	"el": "Η κυβέρνηση αποφάσισε τη Δευτέρα να μειώσει τους φόρους, δήλωσε εκπρόσωπος του υπουργείου Οικονομικών στην Αθήνα.",
	"th": "รัฐบาลตัดสินใจเมื่อวันจันทร์ที่จะลดภาษี โฆษกกระทรวงการคลังกล่าวต่อผู้สื่อข่าวที่กรุงเทพมหานคร",
}

func TestDetect(t *testing.T) {
	for want, story := range stories {
		if got, sure := language.Detect(story); got != want || !sure {
			t.Errorf("%s is told as %q (%v)", want, got, sure)
		}
		// What stands far behind does not count, nor do what is no letters.
		long := strings.Repeat("… 12.5 % – “", 5) + strings.Repeat(story+"\n", 20) + strings.Repeat("zzz qqq ", 10000)
		if got, _ := language.Detect(long); got != want {
			t.Errorf("a long text in %s is told as %q", want, got)
		}
	}
}

// TestUnsureIsNothing: what is too short, no language, or as likely one as another has none.
func TestUnsureIsNothing(t *testing.T) {
	for _, s := range []string{
		"", " \n\t", "Ana met Ben in Oslo.", "北京", "東京 2026", "12 345 678, 90 %", "👩‍👩‍👧👍🏽 🇺🇦", "\u2028\u2029", "\xff\xfe", strings.Repeat("é", 3),
		strings.Repeat("w1 w55 w77 w12 ", 60), strings.Repeat("\u0301", 500),
		"Regjeringen besluttet mandag å senke skattene, sa en talsmann for departementet.", // or Danish
	} {
		if code, sure := language.Detect(s); sure || code != "" {
			t.Errorf("%q is told as %q", s, code)
		}
	}
}

func TestDetectAllIsDetect(t *testing.T) {
	var texts, want []string
	for range 9 {
		for code, story := range stories {
			texts, want = append(texts, story), append(want, code)
		}
		texts, want = append(texts, "short"), append(want, "")
	}
	for i, code := range language.DetectAll(texts) {
		if code != want[i] {
			t.Errorf("text %d is told as %q, want %q", i, code, want[i])
		}
	}
	if got := language.DetectAll(nil); len(got) != 0 {
		t.Errorf("of no texts %q", got)
	}
}

// TestCorrectedIsNotDetected: what somebody has said since is theirs.
func TestCorrectedIsNotDetected(t *testing.T) {
	a := annotate.Article{Meta: annotate.Values{"desk": []byte(`"x"`)}}
	if language.Detected(a) {
		t.Error("an article without a language has a detected one")
	}
	language.Mark(&a, "en")
	if !language.Detected(a) || a.Language != "en" || a.Meta.String("desk") != "x" {
		t.Errorf("marked: %+v", a)
	}
	a.Language = "de"
	if language.Detected(a) {
		t.Error("what somebody corrected counts as detected")
	}
}

func BenchmarkDetect(b *testing.B) {
	text := strings.Repeat(stories["en"], 10)[:2000]
	b.ReportAllocs()
	for b.Loop() {
		language.Detect(text)
	}
}
