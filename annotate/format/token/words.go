package token

import "strings"

// The lists are short on purpose: what the news in English is full of.

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// abbreviations keep their full stop, however they are written.
var abbreviations = set(`
mr. mrs. ms. mx. dr. prof. sr. jr. st. mt. rev. gov. sen. rep. lt. maj. capt. sgt. cpl. cmdr. supt. messrs. bros. inc. corp. ltd. llc. plc.
univ. assn. approx. vs. etc. al. cf. e.g. i.e. p.m. a.m. ph.d. m.d. b.a. m.a. 'em 'cause 'til 'tis 'twas ma'am o'clock y'all
`)

// titled keep their full stop if they begin with a capital letter: they are words too.
var titled = set(`
gen. col. adm. hon. pres. det. co. dept. vol. no. nos. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec.
ala. ariz. ark. calif. colo. conn. fla. ga. kan. ky. md. mich. minn. neb. nev. okla. ore. pa. tenn. tex. va. vt. wash. wis. wyo. ave. blvd. rd.
`)

// domains end the names of hosts that are taken for addresses without www or a scheme.
var domains = set(`
com org net edu gov mil int info biz io ai app dev tv me news media press blog online site eu uk us ca au nz ie de fr es it nl be ch at se no dk fi pl pt gr cz
ru ua tr il in pk cn jp kr hk tw sg my id ph th vn za ng ke eg ma br mx ar cl co pe ve
`)

// measures stand behind numbers as tokens of their own.
var measures = set(`
km km² km³ m m² m³ dm cm mm nm ha ft in mi mph kmh kph kg g mg lb lbs oz t l ml gb mb kb tb hz khz mhz ghz kw mw gw kwh mwh am pm a.m. p.m. bn mn tn c f
`)

// faces are made of punctuation and stay whole.
var faces = set(`:) :-) :( :-( ;) ;-) :D :-D :P :-P :/ :-/ :o :O <3 xD XD :'( =) =( ^_^ -_- ¯\_(ツ)_/¯`)
