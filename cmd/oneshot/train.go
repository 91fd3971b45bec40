package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/urfave/cli/v3"
	"golang.org/x/term"

	"oneshot/engine/train"
	"oneshot/engine/train/omniglot"
	"oneshot/engine/train/papers"
	"oneshot/engine/train/quickdraw"
	"oneshot/weights"
)

// The files that training leaves in its folder.
const (
	floatModelName = "oneshot-f32.osm"
	int8ModelName  = "oneshot.osm"
)

// curveEpisodes is how many episodes a point of the curves is the mean of, unless told: an interval of about 0.3 points.
const curveEpisodes = 400

func trainCommand() *cli.Command {
	return &cli.Command{
		Name:  "train",
		Usage: "train the network on Omniglot's background alphabets and quantise it",
		Description: "Trains on 25 alphabets and measures on the five held out (" + strings.Join(omniglot.ValidationAlphabets(), ", ") + ").\n" +
			"The folder of -out gets a checkpoint, " + train.LogName + ", " + train.CurvesName + ", " + floatModelName + " (float32) and " + int8ModelName + " (int8).\n" +
			"Ctrl-C loses nothing: go on with -resume.\n\n" +
			"The recipes " + strings.Join(papers.Names(), ", ") + " are published networks, trained as their authors did, to measure against: float32 and\n" +
			"not quantised, so they leave a checkpoint and the curves alone. The gao2020 ones learn from spectral cubes: -data is a file cubes.npy,\n" +
			"(N, H, W, bands), with cubes.labels.npy, (N), beside it; every fifth class is held out.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "data", Usage: "folder with images_background.zip or its unpacked tree, or FILE.npy for spectral recipes", Required: true},
			&cli.StringFlag{Name: "doodles", Usage: "`FILE` drawings.jsonl.gz of Quick, Draw!: recipes then learn from doodles of things too"},
			&cli.StringFlag{Name: "set", Usage: "what to train on: training, small1 or small2 (the published minimal sets, 5 alphabets each), or background", Value: string(omniglot.Training)},
			&cli.StringFlag{Name: "out", Usage: "folder of the run", Value: "runs/train"},
			&cli.StringFlag{Name: "recipe", Usage: "what to train: " + strings.Join(append(train.RecipeNames(), papers.Names()...), ", "), Value: train.RecipeNames()[0]},
			&cli.Float64Flag{Name: "scale", Usage: "make every phase of the recipe this many times as long", Value: 1},
			&cli.Uint64Flag{Name: "seed", Usage: "decides the first weights and every episode", Value: 1},
			&cli.BoolFlag{Name: "resume", Usage: "go on from the checkpoint in the folder of the run"},
			&cli.DurationFlag{Name: "checkpoint", Usage: "how often to write the checkpoint", Value: 3 * time.Minute},
			&cli.IntFlag{Name: "validate", Usage: "drawings between two measurements on the validation alphabets", Value: 40_000},
			&cli.IntFlag{Name: "episodes", Usage: "validation episodes in each measurement", Value: curveEpisodes},
		},
		Action: func(ctx context.Context, c *cli.Command) error {
			ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
			defer stop()
			return runTrain(ctx, c)
		},
	}
}

func runTrain(ctx context.Context, c *cli.Command) error {
	paper := isPaper(c.String("recipe"))
	recipe, err := train.FindRecipe(c.String("recipe"))
	if err != nil && !paper {
		return err
	}
	if s := c.Float64("scale"); !(s > 0) {
		return fmt.Errorf("train: -scale %v, want more than 0", s)
	} else if n := c.Int("episodes"); n < 1 {
		return fmt.Errorf("train: -episodes %d, want 1 or more", n)
	} else {
		recipe = recipe.Scaled(s)
	}
	dir := c.String("out")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, train.CheckpointName)); err == nil && !c.Bool("resume") {
		return fmt.Errorf("train: %s holds a run already: go on with -resume, or name another folder with -out", dir)
	}
	if paper {
		return trainPaper(ctx, c, dir)
	}
	cfg := train.Config{Recipe: recipe, Seed: c.Uint64("seed"), Dir: dir,
		CheckpointEvery: c.Duration("checkpoint"), ValidateEvery: c.Int("validate"), ValidationEpisodes: c.Int("episodes")}
	if cfg.Training, cfg.Validation, err = loadParts(c.String("data"), omniglot.SetName(c.String("set"))); err != nil {
		return err
	}
	if file := c.String("doodles"); file != "" {
		if cfg.Doodles, _, err = quickdraw.Load(file); err != nil {
			return err
		}
	}
	cfg.Progress = trainProgress(c.Root().ErrWriter, recipe.Images())
	begin := train.New
	if c.Bool("resume") {
		begin = train.Resume
	}
	t, err := begin(cfg)
	if err != nil {
		return err
	}
	if err := t.Run(ctx); err != nil {
		return err
	}
	return writeModels(t, cfg, c.Root().Writer)
}

// writeModels writes what the run has learned, as float32 and as int8.
func writeModels(t *train.Trainer, cfg train.Config, out io.Writer) error {
	float, err := t.Model()
	if err != nil {
		return err
	}
	int8s, err := train.Quantise(float, cfg.Training)
	if err != nil {
		return err
	}
	if int8s, err = fitConfidence(int8s, cfg.Validation, out); err != nil {
		return err
	}
	for _, f := range []struct {
		name  string
		model *weights.Model
	}{{floatModelName, float}, {int8ModelName, int8s}} {
		data, err := weights.Encode(f.model)
		if err != nil {
			return err
		}
		file := filepath.Join(cfg.Dir, f.name)
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: %d bytes\n", file, len(data))
	}
	return nil
}

// trainProgress shows a bar on a terminal, and elsewhere a line every half minute.
func trainProgress(w io.Writer, total int) func(train.Progress) {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		bar := progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionShowIts(), progressbar.OptionSetItsString("img"),
			progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true), progressbar.OptionFullWidth(), progressbar.OptionThrottle(200*time.Millisecond))
		return func(p train.Progress) {
			bar.Describe(fmt.Sprintf("%s loss %.3f", p.Phase, p.Loss))
			if err := bar.Set(p.Images); err != nil {
				fmt.Fprintln(w, err)
			}
		}
	}
	last := time.Now()
	return func(p train.Progress) {
		if time.Since(last) < 30*time.Second && p.Images < p.Total {
			return
		}
		last = time.Now()
		left := time.Duration(float64(p.Total-p.Images)/p.ImagesPerSec) * time.Second
		fmt.Fprintf(w, "%s: %d of %d drawings, %.0f img/s, loss %.4f, accuracy %.3f, %s left\n",
			p.Phase, p.Images, p.Total, p.ImagesPerSec, p.Loss, p.Accuracy, left.Round(time.Second))
	}
}
