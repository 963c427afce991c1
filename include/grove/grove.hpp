// libgrove: the rules of NVIDIA Grove as pure functions.
//
//   ParseManifest     text          -> objects with their places in the text
//   Admit             object        -> verdict, errors, defaulted object
//   Expand            admitted set  -> every object that Grove makes of it
//   MakeStartupGraph  set           -> which clique waits for which, in waves; or the cycle
//   CountObjects      set, live     -> names and replica counts at every level; more arithmetic in scaling.hpp
//   Diff              objects, live -> what is to be created, patched and deleted
//   Translate         PodGang       -> what its scheduler gets to see of it, and what is lost
//   SyncTopologies    bindings      -> the schedulers' topology objects, and each binding's status
//   WriteManifest     objects       -> text
//
// No function keeps state, reads a clock, a file or the environment, or throws on account of its input: equal arguments
// give equal results, byte for byte, from any number of threads. Only running out of memory ends the process.
#pragma once

#include "grove/admission.hpp"
#include "grove/custom_resource_definitions.hpp"
#include "grove/diff.hpp"
#include "grove/expansion.hpp"
#include "grove/live_objects.hpp"
#include "grove/manifest.hpp"
#include "grove/scaling.hpp"
#include "grove/startup.hpp"
#include "grove/topology_sync.hpp"
#include "grove/translation.hpp"
