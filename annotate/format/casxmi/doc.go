// Package casxmi reads and writes UIMA CAS XMI, an XML file an article, with the
// description of its type system in TypeSystem.xml. Package cas says what becomes of
// articles in it, docs/formats/cas-xmi.md has the rules.
package casxmi
