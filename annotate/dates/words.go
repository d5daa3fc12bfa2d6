package dates

import (
	"strings"
	"time"
)

// table makes a map of lines of words: those of a line have its value.
func table[T any](lines map[string]T) map[string]T {
	all := map[string]T{}
	for words, value := range lines {
		for _, w := range strings.Split(words, "|") {
			all[w] = value
		}
	}
	return all
}

func set(words string) map[string]bool { return table(map[string]bool{words: true}) }

var months = table(map[string]int{
	"january|jan|januar|jänner|janvier|enero|يناير": 1, "february|feb|februar|février|febrero|فبراير": 2,
	"march|mar|märz|mars|marzo|مارس": 3, "april|apr|avril|abril|أبريل|ابريل": 4,
	"may|mai|mayo|مايو": 5, "june|jun|juni|juin|junio|يونيو": 6,
	"july|jul|juli|juillet|julio|يوليو": 7, "august|aug|août|agosto|أغسطس|اغسطس": 8,
	"september|sep|sept|septembre|septiembre|setiembre|سبتمبر": 9, "october|oct|oktober|octobre|octubre|أكتوبر|اكتوبر": 10,
	"november|nov|novembre|noviembre|نوفمبر": 11, "december|dec|dezember|décembre|diciembre|ديسمبر": 12,
})

var weekdays = table(map[string]time.Weekday{
	"monday|mon|montag|lundi|lunes|الاثنين|الإثنين|一":               time.Monday,
	"tuesday|tue|tues|dienstag|mardi|martes|الثلاثاء|二":             time.Tuesday,
	"wednesday|wed|mittwoch|mercredi|miércoles|الأربعاء|الاربعاء|三": time.Wednesday,
	"thursday|thu|thur|thurs|donnerstag|jeudi|jueves|الخميس|四":      time.Thursday,
	"friday|fri|freitag|vendredi|viernes|الجمعة|五":                  time.Friday,
	"saturday|sat|samstag|sonnabend|samedi|sábado|السبت|六":          time.Saturday,
	"sunday|sun|sonntag|dimanche|domingo|الأحد|الاحد|日|天":           time.Sunday,
})

// shortDays are other words as well.
var shortDays = set("mon|wed|sat|sun|一|二|三|四|五|六|日|天")

// verbs are months that are other words as well, unless something leads to them.
var verbs = set("may|march|mars|mar|mai|jan")

var leads = set("in|of|since|until|by|before|after|during|early|mid|late|im|seit|bis|ende|anfang|mitte|en|fin|début|depuis|de|desde|hasta|في|last|next|this")

// particles stand between the parts of a date.
var particles = set("of|the|de|del|le|den|dem|1er")

var units = table(map[string]int{
	"day|days|tag|tage|tagen|jour|jours|día|días|أيام|يوم|يوما":                            unitDay,
	"week|weeks|woche|wochen|semaine|semaines|semana|semanas|أسبوع|الأسبوع|أسابيع":         unitWeek,
	"month|months|monat|monate|monaten|monats|mois|mes|meses|شهر|الشهر|أشهر":               unitMonth,
	"year|years|jahr|jahre|jahren|jahres|an|ans|année|années|año|años|عام|العام|سنوات|سنة": unitYear,
})

var weekends = set("weekend|weekends|wochenende|week-end|finde")

// directions say before a unit which one it is, as seen from now.
var directions = table(map[string]int{
	"last|past|previous|letzte|letzten|letzter|letztes|letztem|vorige|vorigen|voriges|vergangene|vergangenen|vergangenes|pasado|pasada": -1,
	"this|diese|diesen|dieser|dieses|diesem|cette|ce|este|esta|هذا":                                                                     0,
	"next|coming|nächste|nächsten|nächster|nächstes|nächstem|kommende|kommenden|kommendes|próximo|próxima":                              1,
})

// directionsAfter say so behind it.
var directionsAfter = table(map[string]int{
	"dernier|dernière|passé|passée|pasado|pasada|الماضي|الماضية": -1,
	"prochain|prochaine|próximo|próxima|المقبل|المقبلة|القادم":   1,
})

// phrases are days as seen from now.
var phrases = table(map[string]int{
	"today|tonight|this morning|this afternoon|this evening|heute|heute morgen|heute abend|aujourd hui|ce matin|ce soir|hoy|esta mañana|esta noche|اليوم": 0,
	"yesterday|yesterday morning|yesterday evening|last night|gestern|gestern abend|hier|hier soir|ayer|anoche|أمس|امس":                                   -1,
	"the day before yesterday|day before yesterday|vorgestern|avant-hier|anteayer|أول أمس":                                                                -2,
	"tomorrow|tomorrow morning|morgen|demain|mañana|غدا|غداً":                                                                                             1,
	"the day after tomorrow|day after tomorrow|übermorgen|après-demain|pasado mañana":                                                                     2,
})

var numbers = table(map[string]int{
	"a|an|one|ein|eine|einem|einer|un|une|una": 1, "two|couple|zwei|deux|dos": 2, "three|drei|trois|tres": 3,
	"four|vier|quatre|cuatro": 4, "five|fünf|cinq|cinco": 5, "six|sechs|seis": 6, "seven|sieben|sept|siete": 7,
	"eight|acht|huit|ocho": 8, "nine|neun|neuf|nueve": 9, "ten|zehn|dix|diez": 10, "eleven|elf|onze|once": 11,
	"twelve|zwölf|douze|doce": 12,
})

// agoForms are the ways to count back and on; a number with its unit stands
// between before and after.
var agoForms = []struct {
	before, after []string
	way           int
}{
	{nil, []string{"ago"}, -1},
	{nil, []string{"earlier"}, -1},
	{[]string{"vor"}, nil, -1},
	{[]string{"il", "y", "a"}, nil, -1},
	{[]string{"hace"}, nil, -1},
	{[]string{"قبل"}, nil, -1},
	{[]string{"in"}, nil, 1},
	{nil, []string{"from", "now"}, 1},
	{[]string{"dans"}, nil, 1},
	{[]string{"dentro", "de"}, nil, 1},
	{[]string{"بعد"}, nil, 1},
}

// said is a way to say a day, a week, a month or a year without blanks around it.
type said struct {
	words     string
	unit, way int
}

func (w said) in(s string) bool { return strings.Contains(s, w.words) }

var chinesePhrases = []said{
	{"今天", unitDay, 0},
	{"今日", unitDay, 0},
	{"昨天", unitDay, -1},
	{"昨日", unitDay, -1},
	{"昨晚", unitDay, -1},
	{"前天", unitDay, -2},
	{"明天", unitDay, 1},
	{"明日", unitDay, 1},
	{"后天", unitDay, 2},
	{"上周", unitWeek, -1},
	{"本周", unitWeek, 0},
	{"下周", unitWeek, 1},
	{"上个月", unitMonth, -1},
	{"上月", unitMonth, -1},
	{"本月", unitMonth, 0},
	{"下个月", unitMonth, 1},
	{"去年", unitYear, -1},
	{"今年", unitYear, 0},
	{"明年", unitYear, 1},
}
