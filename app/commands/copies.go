package commands

// ArticleCopies is the id of the command of near-duplicates.
const ArticleCopies = "article.copies"

func copiesCommands() []Command {
	return []Command{
		{ID: ArticleCopies, Title: "Near-duplicates…", Menu: Article, Group: "Articles", Help: "Articles that are nearly the same, how they differ, and the annotations of one for the others."},
	}
}
