// Command oneshot serves, builds, trains, evaluates and uses the one-shot learner.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v3"
)

func main() { os.Exit(doMain(os.Args, os.Stdout, os.Stderr)) }

// commands are what oneshot can do, in the order of its help. Each lives in a file of its own.
func commands() []*cli.Command {
	return []*cli.Command{
		serveCommand(),
		buildCommand(),
		trainCommand(),
		calibrateCommand(),
		evalCommand(),
		classifyCommand(),
		verifyCommand(),
		importCommand(),
		exportCommand(),
		inspectCommand(),
		benchCommand(),
	}
}

// doMain is main for tests: it returns the exit code. What goes wrong is one sentence on stderr.
func doMain(args []string, stdout, stderr io.Writer) int {
	app := &cli.Command{
		Name:      "oneshot",
		Usage:     "recognise a class from one drawing",
		Writer:    stdout,
		ErrWriter: stderr,
		Commands:  commands(),
		Action:    unknownCommand,
		// Errors come back to doMain instead of ending the program.
		ExitErrHandler: func(context.Context, *cli.Command, error) {},
	}
	for _, c := range append(app.Commands, app) {
		c.OnUsageError = usageError
	}
	if err := app.Run(context.Background(), args); err != nil {
		message := err.Error()
		if !strings.HasPrefix(message, "oneshot") {
			message = "oneshot: " + message
		}
		fmt.Fprintln(stderr, message)
		return 1
	}
	return 0
}

// unknownCommand is what oneshot does without a command that it knows: show the help.
func unknownCommand(_ context.Context, c *cli.Command) error {
	if c.Args().Present() {
		return fmt.Errorf("oneshot: unknown command %q, see oneshot --help", c.Args().First())
	}
	return cli.ShowAppHelp(c)
}

// usageError says what is wrong with the flags and where the right ones stand, without printing
// the whole help after it.
func usageError(_ context.Context, c *cli.Command, err error, _ bool) error {
	return fmt.Errorf("%s: %w, see %s --help", c.FullName(), err, c.FullName())
}
