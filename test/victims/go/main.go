// SPDX-License-Identifier: GPL-2.0-or-later
//
// test/victims/go/main.go - a client in Go: 8 goroutines connect, the answers are counted

package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"time"
)

const clients = 8

func visit(target string) error {
	conn, err := net.DialTimeout("tcp", target, 10*time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	fmt.Fprintln(conn, "hi")
	_, err = bufio.NewReader(conn).ReadString('\n')
	return err
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: connect_go ADDRESS PORT")
		os.Exit(2)
	}
	target := net.JoinHostPort(os.Args[1], os.Args[2])
	results := make(chan error)
	for i := 0; i < clients; i++ {
		go func() { results <- visit(target) }()
	}
	failed := 0
	for i := 0; i < clients; i++ {
		if err := <-results; err != nil {
			fmt.Fprintln(os.Stderr, err)
			failed++
		}
	}
	fmt.Printf("%d answered, %d failed\n", clients-failed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}
