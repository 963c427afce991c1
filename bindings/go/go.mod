module grove

go 1.19
