// Command manual writes what packages bring along with the commands: a man page for
// each, and the completions of three shells, all from the commands' own help.
//
//	go run -tags nogui ./app/cli/manual FOLDER
//
// FOLDER gets share/man/man1, share/bash-completion/completions,
// share/zsh/site-functions and share/fish/vendor_completions.d, as they lie below
// /usr. The pages are dated by SOURCE_DATE_EPOCH, and have the same bytes each time.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"github.com/spf13/pflag"

	_ "lede/annotate/format/all" // the formats that flags name
	"lede/app/cli"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: manual FOLDER")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "manual:", err)
		os.Exit(1)
	}
}

// write writes all pages and completions below a folder.
func write(folder string) error {
	root := cli.Root(cli.Options{})
	root.DisableAutoGenTag = true
	pages := filepath.Join(folder, "share", "man", "man1")
	if err := os.MkdirAll(pages, 0o755); err != nil {
		return err
	}
	plainer(root)
	header := &doc.GenManHeader{Section: "1", Source: "Lede", Manual: "Lede"}
	if err := doc.GenManTree(root, header, pages); err != nil {
		return err
	}
	return completions(root, folder)
}

// plainer readies the help of a command and of those below it for a man page, which
// reads it as Markdown: what stands between < and > would be taken for HTML.
func plainer(cmd *cobra.Command) {
	escape := strings.NewReplacer("<", `\<`, "*", `\*`, "_", `\_`).Replace
	cmd.Long, cmd.Short = escape(cmd.Long), escape(cmd.Short)
	flags := func(f *pflag.Flag) { f.Usage = escape(f.Usage) }
	cmd.LocalFlags().VisitAll(flags)
	for _, c := range cmd.Commands() {
		plainer(c)
	}
}

// completions writes what each shell reads, where it looks for it.
func completions(root *cobra.Command, folder string) error {
	for path, generate := range map[string]func(*bytes.Buffer) error{
		"bash-completion/completions/lede":    func(b *bytes.Buffer) error { return root.GenBashCompletionV2(b, true) },
		"zsh/site-functions/_lede":            func(b *bytes.Buffer) error { return root.GenZshCompletion(b) },
		"fish/vendor_completions.d/lede.fish": func(b *bytes.Buffer) error { return root.GenFishCompletion(b, true) },
	} {
		var b bytes.Buffer
		if err := generate(&b); err != nil {
			return err
		}
		path = filepath.Join(folder, "share", filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
