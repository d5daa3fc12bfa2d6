package dates

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// published is a Wednesday.
const published = "2026-03-04"

// meant is what words mean: dates, the likeliest first, and from/to for several days.
var meant = map[string]string{
	"Monday":                   "2026-03-02 2026-03-09",
	"on Wednesday":             "2026-03-04 2026-03-11",
	"last Monday":              "2026-03-02 2026-02-23",
	"last Wednesday":           "2026-02-25",
	"next Friday":              "2026-03-06 2026-03-13",
	"yesterday":                "2026-03-03",
	"the day before yesterday": "2026-03-02",
	"this morning":             "2026-03-04",
	"Tomorrow":                 "2026-03-05",
	"last week":                "2026-02-23/2026-03-01",
	"this week":                "2026-03-02/2026-03-08",
	"last weekend":             "2026-02-28/2026-03-01",
	"last month":               "2026-02",
	"the third time this year": "2026",
	"two weeks ago":            "2026-02-18",
	"a year ago":               "2025",
	"in three days":            "2026-03-07",
	"3 March":                  "2026-03-03",
	"March 3rd":                "2026-03-03",
	"28 December":              "2025-12-28",
	"the 3rd of April, 2024":   "2024-04-03",
	"31 June":                  "2026-06",
	"in March":                 "2026-03",
	"a march through town":     "",
	"last November":            "2025-11",
	"November 2024":            "2024-11",
	"between 1998 and 2001":    "1998 2001",
	"2026-02-11":               "2026-02-11",
	"from 2 March to 4 March":  "2026-03-02 2026-03-04",
	"for ten days":             "",
	"by noon":                  "",
	"4,000 dock workers":       "",
	"the storm may last":       "",
	"am Montag":                "2026-03-02 2026-03-09",
	"vor zwei Wochen":          "2026-02-18",
	"am 3. März 2025":          "2025-03-03",
	"vergangene Woche":         "2026-02-23/2026-03-01",
	"vorgestern":               "2026-03-02",
	"lundi dernier":            "2026-03-02 2026-02-23",
	"il y a trois jours":       "2026-03-01",
	"le 14 juillet 2025":       "2025-07-14",
	"la semaine dernière":      "2026-02-23/2026-03-01",
	"el 3 de marzo de 2024":    "2024-03-03",
	"el año pasado":            "2025",
	"يوم الاثنين":              "2026-03-02 2026-03-09",
	"أمس":                      "2026-03-03",
	"الأسبوع الماضي":           "2026-02-23/2026-03-01",
	"3月2日":                     "2026-03-02",
	"2025年12月":                 "2025-12",
	"周一":                       "2026-03-02 2026-03-09",
	"上周五":                      "2026-02-27 2026-02-23/2026-03-01",
	"昨天":                       "2026-03-03",
	"去年":                       "2025",
}

func TestPropose(t *testing.T) {
	for words, want := range meant {
		var got []string
		for _, p := range Propose(words, published) {
			if p.Words == "" || !Valid(p.From) || !Valid(p.To) {
				t.Errorf("%s: %+v", words, p)
			}
			if p.From == p.To {
				got = append(got, p.From)
			} else {
				got = append(got, p.From+"/"+p.To)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", words, strings.Join(got, " "), want)
		}
	}
}

func TestWordsAreAsTheyAreWritten(t *testing.T) {
	got := Propose("on Monday, 3rd March", published)
	if len(got) != 3 || got[0].Words != "Monday" || got[1].Words != "3rd March" || got[2].Words != "Monday, coming" {
		t.Errorf("%+v", got)
	}
}

func TestWithoutADayOfPublication(t *testing.T) {
	for _, c := range []struct{ words, published, want string }{
		{"Monday, 3 March 2025", "", "2025-03-03"},
		{"yesterday, last week, 3 March", "", ""},
		{"last year", "2026", "2025"},
		{"yesterday", "2026-03", ""},
		{"in May", "2026", "2026-05"},
		{"yesterday", "soon", ""},
		{"3 years ago", "0001-01-01", ""},
		{"in 3 years", "9998", ""},
	} {
		var got []string
		for _, p := range Propose(c.words, c.published) {
			got = append(got, p.From)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s in %q: %q, want %q", c.words, c.published, got, c.want)
		}
	}
}

func TestValid(t *testing.T) {
	for s, want := range map[string]bool{
		"2026": true, "2026-03": true, "2026-03-04": true, "0987": true,
		"": false, "26": false, "2026-13": false, "2026-02-30": false, "2026-3-4": false, "4 March": false,
	} {
		if Valid(s) != want {
			t.Errorf("%q is %v", s, !want)
		}
	}
}

// TestAnyWords holds that nothing in an article stops the reader, and that what it
// proposes is a date.
func TestAnyWords(t *testing.T) {
	pool := []string{"last", "next", "Monday", "week", "3", "March", "2026", "ago", "in", "ten", "的", "周", "一", "vor", "il y a", "31", "February", "-", "", "weekend", "this", "may", "200", "years"}
	rapid.Check(t, func(t *rapid.T) {
		words := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pool), 0, 9).Draw(t, "words"), " ") + rapid.String().Draw(t, "more")
		for _, p := range Propose(words, rapid.SampledFrom([]string{"", "2026", "2026-03", published, "0001-01-01"}).Draw(t, "published")) {
			if !Valid(p.From) || !Valid(p.To) || p.From > p.To {
				t.Fatalf("%q: %+v", words, p)
			}
		}
	})
}
