package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lede/annotate"
	"lede/annotate/format"
	"lede/app/told"
)

// UsageError is a command that cannot be meant, or not in this build: exit code
// 2.
type UsageError struct{ Text string }

func (e *UsageError) Error() string { return e.Text }

// misuse is a UsageError that says where the help is.
func misuse(cmd *cobra.Command, text string, args ...any) error {
	said := strings.TrimSuffix(fmt.Sprintf(text, args...), ".")
	if !strings.HasSuffix(said, "?") {
		said += "."
	}
	return &UsageError{fmt.Sprintf("%s Try “%s --help”.", said, cmd.CommandPath())}
}

// errProblems ends a command that did its work and found problems, which it has
// told already.
var errProblems = errors.New("problems found")

// takes checks the number of arguments; names are what they stand for, most < 0
// means any number.
func takes(least, most int, names string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return misuse(cmd, "%s needs %s", cmd.CommandPath(), names)
		case most >= 0 && len(args) > most:
			return misuse(cmd, "%s takes %s, and %q is more than that", cmd.CommandPath(), names, args[most])
		}
		return nil
	}
}

// tell tells a person what went wrong, and returns the exit code.
func (a *app) tell(err error) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errProblems) {
		return exitFailed
	}
	var explained *annotate.Error
	if errors.As(err, &explained) && explained.Err != nil {
		told.Log(err)
	}
	text, code := sentence(err)
	a.note("lede: %s", text)
	return code
}

// sentence is what a person reads of an error, and the exit code.
func sentence(err error) (string, int) {
	var (
		wrong     *UsageError
		wrongHere *format.UsageError
		unchosen  *format.AnnotatorError
	)
	switch {
	case errors.As(err, &wrong), errors.As(err, &wrongHere), errors.As(err, &unchosen):
		return err.Error(), exitUsage
	case errors.Is(err, context.Canceled):
		return "cancelled; nothing was changed.", exitFailed
	}
	return told.Line(err), exitFailed
}
