package annotate

// Guard is deferred where a goroutine of the domain or of a store begins. What it does about
// a panic is the program's to say, which does so before anything else; by itself it lets the
// panic pass. Go's runtime would end the program as well, but after printing the message,
// which may quote an article.
var Guard = func() {}
