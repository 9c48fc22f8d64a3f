module lab.test/go-reverseproxy

go 1.19
