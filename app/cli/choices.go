package cli

import (
	"github.com/spf13/pflag"

	"lede/annotate/format"
)

// choiceFlags say what goes out of what is there, and under which names.
type choiceFlags struct {
	labels, maps, mask []string
	anonymise          bool
	everywhere         bool
}

func (f *choiceFlags) add(flags *pflag.FlagSet) {
	flags.StringSliceVar(&f.labels, "labels", nil, "only spans with these labels go out")
	flags.StringSliceVar(&f.maps, "map", nil, "give labels other names in the files, as actor=PER,place=LOC; several may get one, and a label mapped to nothing (cue=) stays out")
	flags.BoolVar(&f.anonymise, "anonymise", false, "call annotators annotator-1, annotator-2, …")
	flags.StringSliceVar(&f.mask, "mask", nil, "put placeholders, as [ACTOR-1], in place of the words of spans with these labels, and leave out notes and facts that may name them")
	flags.BoolVar(&f.everywhere, "mask-everywhere", false, "with --mask: also where these words stand unmarked in the same article, as whole words in the same spelling")
}

func (f *choiceFlags) into(o *format.ExportOptions) (err error) {
	o.Labels, o.Anonymise, o.Mask = f.labels, f.anonymise, f.mask
	o.MaskEverywhere = f.everywhere
	o.Map, err = format.ParseLabelMap(f.maps)
	return err
}
