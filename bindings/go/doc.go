// Package grove gives NVIDIA Grove's orchestration rules as pure functions: texts in, typed results out.
//
// What is wrong with a document is data in a result. What keeps a call from giving one is an *Error with the parameter, line,
// column and field at fault. Nothing is kept between calls, nothing calls back; any number of goroutines may call. Each call
// crosses into the C library once per document, which needs libgrove.so and its grove.pc.
package grove
