// Package words says what the page says in the language of its user.
//
// A message is known by its English text, so that code reads as the page does, and what has no translation is shown in
// English as a whole. What is put into a message stands in it as a named place: "Move to {class}". A message with a
// number has several forms with "|" between them, in the order in which the language's plural rule counts them:
// "{n} example|{n} examples".
package words
