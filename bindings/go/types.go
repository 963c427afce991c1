package grove

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Status tells how a call ended; the numbers are those of gRPC. A Status is an error, so that errors.Is finds it.
type Status int

const (
	OK                 Status = 0
	InvalidArgument    Status = 3
	NotFound           Status = 5
	ResourceExhausted  Status = 8
	FailedPrecondition Status = 9
	OutOfRange         Status = 11
	Unimplemented      Status = 12
	Internal           Status = 13
)

var statusNames = map[Status]string{
	OK: "ok", InvalidArgument: "invalid argument", NotFound: "not found", ResourceExhausted: "resource exhausted",
	FailedPrecondition: "failed precondition", OutOfRange: "out of range", Unimplemented: "unimplemented", Internal: "internal",
}

func (s Status) Error() string {
	if name, known := statusNames[s]; known {
		return name
	}
	return fmt.Sprintf("status %d", int(s))
}

// Error tells why a call failed, and where.
type Error struct {
	Status   Status
	Message  string  // one line for a person
	Argument string  // parameter at fault: "manifest"; "" if no single one is
	Path     string  // field at fault: "spec.template.cliques[0].name"; "" if none is
	Line     int     // counted from 1; 0 if unknown
	Column   int     // in bytes, counted from 1; 0 if unknown
	Report   *Report // all findings behind a FailedPrecondition, or nil
}

func (e *Error) Error() string {
	var place strings.Builder
	place.WriteString("grove: ")
	if e.Argument != "" {
		place.WriteString(e.Argument)
		if e.Line != 0 {
			fmt.Fprintf(&place, ":%d:%d", e.Line, e.Column)
		}
		place.WriteString(": ")
	}
	if e.Path != "" && !strings.Contains(e.Message, e.Path) {
		place.WriteString(e.Path + ": ")
	}
	return place.String() + e.Message
}

// Unwrap gives the status: errors.Is(err, grove.ResourceExhausted).
func (e *Error) Unwrap() error { return e.Status }

// Format is the language of a text; it is never guessed.
type Format int

const (
	JSON Format = 0
	YAML Format = 1
)

// Input is what a call reads. Neither text is kept.
type Input struct {
	Manifest []byte // with the sets
	Context  []byte // with what else exists: OperatorConfiguration, ClusterTopologyBindings, ...
	Format   Format // of both
}

// Limits bounds what an input may ask for. 0 stands for the library's default.
type Limits struct {
	Depth              uint32
	InputBytes         uint64
	Documents          uint64
	YAMLAliases        uint64
	YAMLExpandedValues uint64
	Objects            uint64
	StartupReferences  uint64
}

// AdmitOptions says how sets are judged. The zero value is the default.
type AdmitOptions struct {
	Strict                bool   // unknown fields are errors instead of being dropped with a warning
	AllStages             bool   // go on after errors of the schema, which a cluster does not
	Namespace             string // of sets that name none; a set that names another one is refused
	Scheduler             string // of sets that name none, as if the configuration said so
	StructurallyDefaulted bool   // the report also has each set before Grove's own defaulting
	Limits                *Limits

	Lint         Lint     // findings beside those of admission; they never change a verdict
	LintDisabled []string // ids of lint rules that are switched off
}

// Lint chooses lint findings.
type Lint int

const (
	LintOff      Lint = 0
	LintWarnings Lint = 1 // what is hardly what the author wanted
	LintNotes    Lint = 2 // also what is good to know
)

// ExpandOptions says what is made. The zero value is the default.
type ExpandOptions struct {
	AtRest               bool   // objects once every controller has come to rest, not as they are created
	SchedulerObjects     bool   // also those of each set's scheduler backend
	AllowIncomplete      bool   // a set that cannot be expanded to its end gives what it can
	Seed                 uint64 // decides the random part of pod names
	Now                  int64  // seconds since 1970
	InitContainerImage   string
	InitContainerVersion string
	Backend              string // scheduler backend instead of the set's own: "kai", "volcano", "kube"
	PodGroupsPerClique   bool   // how the backend "kube" cuts gangs
	Stored               []byte // sets that are stored, in the format of the input: those are admitted as updates
	Sets                 bool   // also the sets themselves, with their status
	Topologies           bool   // also the topology bindings with their status, and the KAI Topologies kept for them
	Live                 []byte // objects that exist, in the format of the input: the result has what they are to become
	Admit                *AdmitOptions
}

// Report tells how a manifest was judged.
type Report struct {
	Allowed bool      `json:"allowed"`
	Objects []Verdict `json:"objects"`
	Skipped []Skipped `json:"skipped"`
}

// Verdict is on one PodCliqueSet, ClusterTopologyBinding or OperatorConfiguration.
type Verdict struct {
	File                  string           `json:"file"` // "manifest" or "context"
	Document              int              `json:"document"`
	Kind                  string           `json:"kind"`
	Namespace             string           `json:"namespace,omitempty"`
	Name                  string           `json:"name"`
	Allowed               bool             `json:"allowed"`
	Errors                []FieldError     `json:"errors"`
	Warnings              []Warning        `json:"warnings"`
	Defaulted             json.RawMessage  `json:"defaulted"`
	StructurallyDefaulted json.RawMessage  `json:"structurallyDefaulted,omitempty"`
	ReconcileErrors       []ReconcileError `json:"reconcileErrors,omitempty"`
}

// FieldError is one reason why an object is denied.
type FieldError struct {
	Type       string          `json:"type"` // as Kubernetes names it: "Invalid"
	Field      string          `json:"field"`
	BadValue   json.RawMessage `json:"badValue,omitempty"`
	Detail     string          `json:"detail"`
	Suggestion string          `json:"suggestion,omitempty"`
	Stage      string          `json:"stage"` // "schema" or "webhook"
	Rule       string          `json:"rule"`
	Line       int             `json:"line,omitempty"`
	Column     int             `json:"column,omitempty"`
}

// Warning is a remark on which the verdict does not depend.
type Warning struct {
	Field  string `json:"field"`
	Detail string `json:"detail"`
	Rule   string `json:"rule,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// ReconcileError kept a set from being expanded to its end.
type ReconcileError struct {
	Object  string `json:"object"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Skipped is an object that plays no part.
type Skipped struct {
	File       string `json:"file"`
	Document   int    `json:"document"`
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Name       string `json:"name"`
}

// NameBudget has the names of all children of a set.
type NameBudget struct {
	Namespace string       `json:"namespace"`
	Name      string       `json:"name"`
	Fits      bool         `json:"fits"`
	Children  []ChildNames `json:"children"`
}

// ChildNames are children that differ in their indices alone: `{0..2}` stands for 0, 1 and 2.
type ChildNames struct {
	Kind        string `json:"kind"`
	Name        string `json:"name"`
	Count       int64  `json:"count"`
	Hostname    string `json:"hostname,omitempty"`
	DNSName     string `json:"dnsName,omitempty"`
	ScaleTarget string `json:"scaleTarget,omitempty"`
	Longest     string `json:"longest"`
	Limit       string `json:"limit"`
	Left        int64  `json:"left"` // bytes; negative if the name is too long
}

// Startup is the startup order of a set.
type Startup struct {
	Namespace string          `json:"namespace"`
	Name      string          `json:"name"`
	Type      string          `json:"startupType"`
	Starts    bool            `json:"starts"`
	Cliques   []StartupClique `json:"cliques"`
	Waves     [][]string      `json:"waves"`
	Cycles    [][]string      `json:"cycles"`
}

// StartupClique is a clique and what it waits for.
type StartupClique struct {
	Name         string   `json:"name"`
	ScalingGroup string   `json:"scalingGroup,omitempty"`
	Replicas     int32    `json:"replicas"`
	MinAvailable int32    `json:"minAvailable"`
	Wave         *int     `json:"wave,omitempty"`
	StartsAfter  []string `json:"startsAfter,omitempty"`
	Unknown      []string `json:"unknown,omitempty"`
}

// SetCount tells how many objects a set asks for.
type SetCount struct {
	Namespace  string         `json:"namespace"`
	Name       string         `json:"name"`
	PodCliques int64          `json:"podCliques"`
	Gangs      int64          `json:"gangs"`
	Pods       int64          `json:"pods"`
	Replicas   []ReplicaCount `json:"replicas"`
}

// ReplicaCount is of one replica of a set.
type ReplicaCount struct {
	Index         int32        `json:"index"`
	Pods          int64        `json:"pods"`
	PodCliques    []ScaleCount `json:"podCliques"`
	ScalingGroups []ScaleCount `json:"scalingGroups"`
	Gangs         []GangCount  `json:"gangs"`
}

// ScaleCount is of a PodClique or a scaling group.
type ScaleCount struct {
	Name         string `json:"name"`
	Replicas     int32  `json:"replicas"`
	MinAvailable int32  `json:"minAvailable"`
	Pods         int64  `json:"pods,omitempty"`
}

// GangCount is of a PodGang.
type GangCount struct {
	Name       string   `json:"name"`
	Scaled     bool     `json:"scaled"`
	PodCliques []string `json:"podCliques"`
	MinPods    int64    `json:"minPods"`
}

// Translation is what a scheduler gets of PodGangs.
type Translation struct {
	Objects []Object `json:"objects"`
	Losses  []Loss   `json:"losses"`
}

// Loss is something that was asked for and that the scheduler does not carry or honour.
type Loss struct {
	Object      string `json:"object"`
	Field       string `json:"field"`
	Asked       string `json:"asked"`
	Gang        string `json:"gang"`
	Effect      string `json:"effect"` // "dropped", "weakened", "conditional", "refused"
	Lost        string `json:"lost"`
	Consequence string `json:"consequence"`
	Rule        string `json:"rule"`
}

// Difference is a list of writes.
type Difference struct {
	Changes   []Change    `json:"changes"`
	Leaked    []Reference `json:"leaked,omitempty"`
	Waiting   []Reference `json:"waiting,omitempty"`
	Conflicts []Reference `json:"conflicts,omitempty"`
}

// Reference names an object.
type Reference struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace,omitempty"`
	Name       string `json:"name"`
}

// Change is one write: the object to create, the merge patch (RFC 7386) of one that exists, or a deletion.
type Change struct {
	Reference
	Action string          `json:"action"` // "create", "patch", "delete"
	Cause  string          `json:"cause,omitempty"`
	Object json.RawMessage `json:"object,omitempty"`
	Patch  json.RawMessage `json:"patch,omitempty"`
	Fields []FieldChange   `json:"fields,omitempty"`
}

// FieldChange is the smallest part in which two documents differ. Nil: absent.
type FieldChange struct {
	Path   string          `json:"path"`
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
}

// Comparison of two documents.
type Comparison struct {
	Fields []FieldChange   `json:"fields"`
	Patch  json.RawMessage `json:"patch,omitempty"` // RFC 7386; nil if they do not differ
}

// Rule is one that admission judges by.
type Rule struct {
	ID       string `json:"id"`
	Family   string `json:"family"`
	Stage    string `json:"stage"` // "schema" or "webhook"
	Severity string `json:"severity"`
	Title    string `json:"title"`
	Help     string `json:"help"`
}

// LintRule tells what an admitted set does that its author hardly wants.
type LintRule struct {
	ID       string `json:"id"`
	Severity string `json:"severity"` // "warning" or "note"
	Title    string `json:"title"`
	Effect   string `json:"effect"`
	Reason   string `json:"reason"`
	Fix      string `json:"fix"`
	Source   string `json:"source"`
}

// Backend is a scheduler that gangs can be translated for.
type Backend struct {
	Name            string `json:"name"`
	SchedulerName   string `json:"schedulerName"`
	Summary         string `json:"summary"`
	SchedulesGangs  bool   `json:"schedulesGangs"`
	CarriesTopology bool   `json:"carriesTopology"`
	OfReference     bool   `json:"ofReference"`
}

// Object is any object of Kubernetes: what identifies it, and all of it.
type Object struct {
	APIVersion string   `json:"apiVersion"`
	Kind       string   `json:"kind"`
	Metadata   Metadata `json:"metadata"`
	Raw        []byte   `json:"-"` // the whole object as JSON
}

// Metadata is what tells objects apart.
type Metadata struct {
	Name      string            `json:"name"`
	Namespace string            `json:"namespace,omitempty"`
	Labels    map[string]string `json:"labels,omitempty"`
}

// UnmarshalJSON keeps the whole object beside what identifies it.
func (o *Object) UnmarshalJSON(data []byte) error {
	type identity Object
	o.Raw = append([]byte(nil), data...)
	return json.Unmarshal(data, (*identity)(o))
}

// Expansion is what was made.
type Expansion struct {
	List    []byte   `json:"-"`     // all objects as one List, as JSON
	Objects []Object `json:"items"` // in the order in which Grove creates them
	Report  Report   `json:"-"`
}

// ObjectsOfKind picks the objects of one kind, in their order.
func (e *Expansion) ObjectsOfKind(kind string) []Object {
	var out []Object
	for _, object := range e.Objects {
		if object.Kind == kind {
			out = append(out, object)
		}
	}
	return out
}
