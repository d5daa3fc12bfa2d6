package cli_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lede/app/cli"
)

var update = flag.Bool("update", false, "write docs/commands.md")

const page = "../../docs/commands.md"

// TestCommandsPage: docs/commands.md says what the commands say of themselves.
func TestCommandsPage(t *testing.T) {
	want := commandsPage()
	if *update {
		if err := os.WriteFile(page, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(page)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what the commands say (%v): go test ./app/cli -run CommandsPage -update", page, err)
	}
}

func commandsPage() []byte {
	var b bytes.Buffer
	b.WriteString("<!-- Generated from the commands' own help: go test ./app/cli -run CommandsPage -update -->\n# The command line\n\n")
	root := cli.Root(cli.Options{Version: "0"})
	fmt.Fprintf(&b, "%s\n\n", escape(root.Long))
	b.WriteString("| command | what it does |\n| --- | --- |\n")
	fmt.Fprintf(&b, "| `%s` | Open the window |\n", root.Use)
	for _, c := range shown(root) {
		fmt.Fprintf(&b, "| [`lede %s`](#lede-%s) | %s |\n", c.Name(), c.Name(), escape(c.Short))
	}
	b.WriteString("\nEvery command takes `--actor NAME`, who does it, for the history; without it, `LEDE_ACTOR`,\n" +
		"and else the login name. `LEDE_CONFIG_DIR` and `LEDE_STATE_DIR` name other folders for settings,\n" +
		"and for the log and what was open last.\n")
	writeFlags(&b, root.LocalNonPersistentFlags(), "\n`lede` without a command:\n\n")
	for _, c := range shown(root) {
		writeCommand(&b, c)
	}
	b.WriteString("\n## Completion\n\n`lede completion bash`, `zsh`, `fish` and `powershell` write a script that completes\n" +
		"commands, flags, formats and project files; `lede completion bash --help` says where it goes.\n")
	return b.Bytes()
}

func shown(root *cobra.Command) []*cobra.Command {
	var list []*cobra.Command
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() && c.Name() != "completion" && c.Name() != "help" {
			list = append(list, c)
		}
	}
	return list
}

func writeCommand(b *bytes.Buffer, c *cobra.Command) {
	fmt.Fprintf(b, "\n## lede %s\n\n", c.Name())
	long := c.Long
	if long == "" {
		long = c.Short + "."
	}
	fmt.Fprintf(b, "```\n%s\n```\n\n%s\n", strings.TrimSuffix(c.UseLine(), " [flags]")+" [flags]", escape(long))
	writeFlags(b, c.LocalNonPersistentFlags(), "\n")
	if c.Example != "" {
		fmt.Fprintf(b, "\n```\n%s\n```\n", regexp.MustCompile(`(?m)^  `).ReplaceAllString(c.Example, ""))
	}
}

func writeFlags(b *bytes.Buffer, flags *pflag.FlagSet, head string) {
	if !flags.HasAvailableFlags() {
		return
	}
	b.WriteString(head + "| flag | meaning |\n| --- | --- |\n")
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" || f.Name == "version" {
			return
		}
		name, usage := "--"+f.Name, f.Usage
		if f.Value.Type() != "bool" {
			name += " …"
			if f.DefValue != "" && f.DefValue != "[]" && f.DefValue != "0" {
				usage += " (default " + f.DefValue + ")"
			}
		}
		fmt.Fprintf(b, "| `%s` | %s |\n", name, escape(usage))
	})
}

// escape keeps Markdown from reading what is meant literally.
func escape(s string) string {
	return strings.NewReplacer("|", "\\|", "<", "&lt;", "_", "\\_", "*", "\\*").Replace(s)
}
