// SPDX-License-Identifier: GPL-2.0-or-later

// A web server: answers every request with "hello". Usage: http_go ADDR:PORT
package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
)

func main() {
	listener, err := net.Listen("tcp", os.Args[1])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ready")
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "hello")
	})
	fmt.Println(http.Serve(listener, nil))
}
