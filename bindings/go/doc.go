// Package grove gives NVIDIA Grove's orchestration rules as pure functions: texts in, typed results out.
//
// What is wrong with a document is data in a result. What keeps a call from giving one is an *Error with the parameter, line,
// column and field at fault. Nothing calls back; any number of goroutines may call. A document is one crossing into the
// C library, which needs libgrove.so and its grove.pc. Index, the cluster of a scheduler's loop, belongs to one goroutine at a time.
package grove
