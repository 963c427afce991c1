/**
 * @file
 * @brief The C interface of libgrove: bytes in, bytes and errors out.
 *
 * C99 and C++. README.md beside this file is one page on ownership, threads, versions and errors. In short:
 *
 * - **Pure.** A result depends on the arguments alone: no state is kept between calls, no clock, environment, file or
 *   locale is read. Equal arguments give equal bytes, on every machine and from any number of threads.
 * - **Inputs** are a pointer and a length, borrowed for the call. NULL is fine where the length is 0.
 * - **Outputs** belong to the caller. On failure all are zeroed, so that releasing them is always right.
 * - **Options** begin with `struct_size`. Start from their `..._INIT`, then set members; NULL means defaults.
 * - **Errors**: ::grove_status says what kind; an optional ::grove_error says what, and where.
 * - **Memory**: the library releases what it made. Running out of memory ends the process; ::grove_limits bounds what
 *   an input can make of it.
 * - **Exceptions** do not leave the library.
 */
#pragma once

#include "grove/admission.h"
#include "grove/base.h"
#include "grove/expansion.h"
#include "grove/index.h"
#include "grove/placement.h"
#include "grove/planning.h"
#include "grove/reference.h"
#include "grove/snapshot.h"
