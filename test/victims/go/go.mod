module netjail/test/victims/go

go 1.19
