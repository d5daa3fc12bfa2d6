// Package annotest is what tests of Lede stand on: an in-memory
// annotate.Store, the conformance suite that every Store must pass, generators
// of random projects, and a deterministic Env.
//
// # Words
//
// A fake is a Store that keeps everything in memory and is written without a
// look at the real one, so that each checks the other. A harness is what the
// suite needs to know about a Store under test. A planted fault is a Store that
// is wrong in one way on purpose: the suite must turn red on it.
//
// # What the suite asks for beyond the comments of annotate.Store
//
//   - Nothing that an import brought is seen before its Commit nor after its
//     undo. The undo is refused (a *ConflictError) while a later change that is
//     still in force touched an article or annotation set that it brought, or a
//     later import brought a set to such an article. A change is in force unless
//     the newest change that undoes or redoes it is an undo.
//   - The names of live labels, of live relation types and (whatever their case)
//     of live annotators are unique, and so are the refs of live articles and the
//     annotation sets of one article and annotator: anything else is an
//     *InvalidError.
//   - Spans of a deleted article still count as referrers of their label, so that
//     the article can be restored. Those of an undone import do not; its redo
//     checks that all it refers to is there.
//   - Unknown fields of records are kept and take part in the comparison with
//     Before.
//
// It imports annotate and annotate/text only, and must never import storage: the
// suite knows no Store but the one it is given.
package annotest
