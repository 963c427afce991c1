module call_cost

go 1.19

require grove v0.0.0

replace grove => ../../../bindings/go
