// SPDX-License-Identifier: GPL-2.0-or-later
//
// test/victims/stacks/chain.rs - a refused connect below Rust functions

use std::net::TcpStream;
#[inline(never)]
fn inner() -> bool { TcpStream::connect("203.0.113.7:8080").is_ok() }
#[inline(never)]
fn outer() -> bool { !inner() }
fn main() { std::process::exit(if outer() { 0 } else { 1 }) }
