package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v3"

	"oneshot/engine/train/omniglot"
	"oneshot/engine/train/papers"
)

// isPaper says whether a recipe is one of the published networks, which train for reference and are not quantised.
func isPaper(recipe string) bool { return slices.Contains(papers.Names(), recipe) }

// trainPaper trains one of the published networks in the folder dir.
func trainPaper(ctx context.Context, c *cli.Command, dir string) error {
	recipe, err := papers.Find(c.String("recipe"))
	if err != nil {
		return err
	}
	recipe = recipe.Scaled(c.Float64("scale"))
	cfg := papers.Config{Recipe: recipe, Seed: c.Uint64("seed"), Dir: dir,
		CheckpointEvery: c.Duration("checkpoint"), ValidateEvery: c.Int("validate"), ValidationEpisodes: c.Int("episodes")}
	if recipe.Spectral() {
		if cfg.Cubes, err = papers.ReadCubes(c.String("data")); err != nil {
			return err
		}
		cfg.Training, cfg.Validation = cfg.Cubes.Split()
	} else if cfg.Training, cfg.Validation, err = loadParts(c.String("data"), omniglot.SetName(c.String("set"))); err != nil {
		return err
	}
	cfg.Progress = trainProgress(c.Root().ErrWriter, recipe.Steps()*recipe.ImagesPerStep())
	begin := papers.New
	if c.Bool("resume") {
		begin = papers.Resume
	}
	t, err := begin(cfg)
	if err != nil {
		return err
	}
	if err := t.Run(ctx); err != nil {
		return err
	}
	rows := t.Rows()
	last := rows[len(rows)-1]
	out := c.Root().Writer
	fmt.Fprintf(out, "%s, %d examples: %d-way 1-shot on the validation set, one query at a time: %.2f %% across", recipe.Name, last.Images, cfg.Way(), 100*last.Across)
	if last.Within > 0 {
		fmt.Fprintf(out, ", %.2f %% within an alphabet", 100*last.Within)
	}
	_, err = fmt.Fprintf(out, "; queries together: %.2f %% across\n", 100*last.Together)
	return err
}
