package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lede/annotate/format"
)

// choiceFlags say what goes out of what is there, and under which names.
type choiceFlags struct {
	labels, maps, mask []string
	anonymise          bool
}

func (f *choiceFlags) add(flags *pflag.FlagSet) {
	flags.StringSliceVar(&f.labels, "labels", nil, "only spans with these labels go out")
	flags.StringSliceVar(&f.maps, "map", nil, "give labels other names in the files, as actor=PER,place=LOC; several may get one, and a label mapped to nothing (cue=) stays out")
	flags.BoolVar(&f.anonymise, "anonymise", false, "call annotators annotator-1, annotator-2, …")
	flags.StringSliceVar(&f.mask, "mask", nil, "put placeholders, as [ACTOR-1], in place of the words of spans with these labels, and leave out notes and facts that may name them")
}

func (f *choiceFlags) into(cmd *cobra.Command, o *format.ExportOptions) (err error) {
	o.Labels, o.Anonymise, o.Mask = f.labels, f.anonymise, f.mask
	o.Map, err = labelMap(cmd, f.maps)
	return err
}

// labelMap reads --map OLD=NEW; nil if there is none. A label may hold a "=": the
// last one counts.
func labelMap(cmd *cobra.Command, given []string) (map[string]string, error) {
	var names map[string]string
	for _, g := range given {
		i := strings.LastIndexByte(g, '=')
		if i < 1 {
			return nil, misuse(cmd, "--map is OLD=NEW, and %q is not", g)
		}
		if names == nil {
			names = map[string]string{}
		}
		old, name := g[:i], g[i+1:]
		if was, twice := names[old]; twice && was != name {
			return nil, misuse(cmd, "--map gives the label %s two names, %q and %q", old, was, name)
		}
		names[old] = name
	}
	return names, nil
}
