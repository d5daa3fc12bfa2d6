package annotest

import (
	"context"
	"encoding/json"
	"slices"

	"lede/annotate"
	"lede/annotate/filter"
)

// Facets lists what can be asked for in a filter.
func (h *handle) Facets(context.Context) (*annotate.Facets, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	f := &annotate.Facets{Meta: map[string][]string{}, Fields: map[string][]string{}}
	for _, a := range h.state.ordered(annotate.Live) {
		f.Sources, f.Languages, f.Authors = append(f.Sources, a.Source), append(f.Languages, a.Language), append(f.Authors, a.Author)
		texts(f.Meta, a.Meta)
		for _, set := range h.state.document(a.ID, nil).Sets {
			texts(f.Fields, set.Set.Fields)
		}
	}
	f.Sources, f.Languages, f.Authors = firstOf(f.Sources), firstOf(f.Languages), firstOf(f.Authors)
	for _, lists := range []map[string][]string{f.Meta, f.Fields} {
		for key, list := range lists {
			if lists[key] = firstOf(list); lists[key] == nil {
				delete(lists, key)
			}
		}
	}
	return f, nil
}

// texts gathers the values that are texts, or lists with texts.
func texts(into map[string][]string, values annotate.Values) {
	for key, raw := range values {
		var list []json.RawMessage
		if raw[0] != '"' && (raw[0] != '[' || json.Unmarshal(raw, &list) != nil) {
			continue
		}
		if raw[0] == '"' {
			list = []json.RawMessage{raw}
		}
		for _, item := range list {
			if item[0] == '"' {
				into[key] = append(into[key], filter.Texts(item)...)
			}
		}
	}
}

// firstOf are the first 500 of the texts by name, each once.
func firstOf(all []string) []string {
	slices.Sort(all)
	all = slices.DeleteFunc(slices.Compact(all), func(s string) bool { return s == "" })
	if len(all) == 0 {
		return nil
	}
	return all[:min(len(all), 500)]
}
