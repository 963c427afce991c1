// Admits a manifest through the Go package and through C++ in turn: main MANIFEST [ROUNDS]. Prints microseconds of a call, the
// median of its ratio to C++, and that without the reading of the report.
package main

/*
#include "../cpp_side.h"
*/
import "C"

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strconv"
	"time"
	"unsafe"

	"grove"
)

const calls = 40 // of each, one after the other, in a round

func microseconds(call func() error) float64 {
	begin := time.Now()
	for i := 0; i < calls; i++ {
		if err := call(); err != nil {
			panic(err)
		}
	}
	return float64(time.Since(begin).Nanoseconds()) / 1000 / calls
}

func median(values []float64) float64 {
	sort.Float64s(values)
	return values[len(values)/2]
}

func main() {
	manifest, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	rounds := 100
	if len(os.Args) > 2 {
		if rounds, err = strconv.Atoi(os.Args[2]); err != nil {
			panic(err)
		}
	}
	text, size := (*C.char)(unsafe.Pointer(&manifest[0])), C.size_t(len(manifest))
	report := make([]byte, 1<<20)
	report = report[:C.cpp_side_report(text, size, (*C.char)(unsafe.Pointer(&report[0])), C.size_t(len(report)))]

	input := grove.Input{Manifest: manifest, Format: grove.YAML}
	admit := func() error {
		_, err := grove.Admit(input, nil)
		return err
	}
	read := func() error { return json.Unmarshal(report, new(grove.Report)) }
	var times, ratios, without []float64
	for i := 0; i < rounds; i++ {
		whole, reading := microseconds(admit), microseconds(read)
		cpp := float64(C.cpp_side_microseconds(text, size, calls))
		times = append(times, whole)
		ratios = append(ratios, whole/cpp)
		without = append(without, (whole-reading)/cpp)
	}
	fmt.Printf("%.2f %.4f %.4f\n", median(times), median(ratios), median(without))
}
