package xmlread

// SetMaxToken makes the bound of tokens small, until the function it returns is called.
func SetMaxToken(n int) func() {
	old := maxToken
	maxToken = n
	return func() { maxToken = old }
}
