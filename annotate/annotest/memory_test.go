package annotest

import (
	"fmt"
	"testing"
)

// inMemory makes harnesses for the fake.
func inMemory(testing.TB) Harness {
	projects, n := NewMemoryProjects(NewEnv()), 0
	return Harness{Projects: projects, Path: "project.lede", Other: func() string {
		n++
		return fmt.Sprintf("other-%d.lede", n)
	}}
}

func TestMemory(t *testing.T) { TestStore(t, inMemory) }
