package grove

// Autoscaler is what a HorizontalPodAutoscaler decides by. Amounts are in thousandths of the metric's unit, times in seconds
// since 1970. Nil stands for Kubernetes' own value.
type Autoscaler struct {
	Current                       int32            `json:"current"`
	MinReplicas                   *int32           `json:"minReplicas,omitempty"` // 1
	MaxReplicas                   int32            `json:"maxReplicas"`
	Metrics                       []Metric         `json:"metrics,omitempty"`
	History                       []Recommendation `json:"history,omitempty"` // of the last decision
	Now                           int64            `json:"now"`
	ToleranceThousandths          *int32           `json:"toleranceThousandths,omitempty"`          // 100
	ScaleDownStabilizationSeconds *int32           `json:"scaleDownStabilizationSeconds,omitempty"` // 300
}

// Metric is one that pods, an object, or an external source reports.
type Metric struct {
	Kind      MetricKind  `json:"kind"`
	Target    int64       `json:"target"`              // of a Utilization in percent
	Pods      []PodMetric `json:"pods,omitempty"`      // AverageValue, Utilization
	Total     int64       `json:"total,omitempty"`     // TotalAverageValue, TotalValue
	ReadyPods int32       `json:"readyPods,omitempty"` // TotalValue
}

// MetricKind tells what a target is of.
type MetricKind string

const (
	AverageValue      MetricKind = "averageValue"      // of pods
	Utilization       MetricKind = "utilization"       // of what pods request
	TotalAverageValue MetricKind = "totalAverageValue" // of a total, per pod
	TotalValue        MetricKind = "totalValue"        // of a total
)

// PodMetric is what one pod reports.
type PodMetric struct {
	Value   int64 `json:"value"`
	Request int64 `json:"request,omitempty"`
	Missing bool  `json:"missing,omitempty"` // it reports nothing
	Ready   bool  `json:"ready"`
}

// Recommendation of the past, which holds a scale-in back.
type Recommendation struct {
	At       int64 `json:"at"`
	Replicas int32 `json:"replicas"`
}

// ScaleDecision is what an autoscaler decides.
type ScaleDecision struct {
	Replicas int32            `json:"replicas"`
	Proposed int32            `json:"proposed"` // by the metrics, before stabilisation and bounds
	Reason   string           `json:"reason"`
	History  []Recommendation `json:"history"` // for the next decision
}
