//! A server that answers as it is told, byte by byte, and writes down what it is asked.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::{Arc, Mutex, PoisonError},
    thread,
};

/// A running server; it ends when the program ends.
#[derive(Clone, Debug)]
pub struct Answers {
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Answers {
    /// Starts a server; `answer` gives the bytes after `HTTP/1.1 ` for a path, without the empty line.
    pub fn start(answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let server = Self { port: listener.local_addr().expect("its address").port(), heads: Arc::default() };
        let (heads, answer) = (server.heads.clone(), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (heads, answer) = (heads.clone(), answer.clone());
                thread::spawn(move || serve(stream, &heads, &*answer));
            }
        });
        server
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The heads of the requests that came.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn serve(mut stream: std::net::TcpStream, heads: &Mutex<Vec<String>>, answer: &dyn Fn(&str) -> Vec<u8>) {
    let (mut head, mut part) = (Vec::new(), [0; 4096]);
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut part) {
            Ok(0) | Err(_) => return,
            Ok(count) => head.extend_from_slice(&part[..count]),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    heads.lock().unwrap_or_else(PoisonError::into_inner).push(head);
    let whole =
        [b"HTTP/1.1 ", answer(&path).as_slice(), b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"].concat();
    // A program that went away needs no answer.
    let _ = stream.write_all(&whole);
}
