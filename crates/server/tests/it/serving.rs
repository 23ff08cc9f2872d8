//! Starting and stopping.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::program::{Folder, Server};

#[test]
fn a_first_start_makes_its_database_and_says_where_to_look_and_how_to_begin() {
    let folder = Folder::new();
    let mut server = folder.serve(&[]);
    assert!(folder.path().join("data/convoke.db").is_file());
    assert!(server.first_line.contains("/graphql"), "{}", server.first_line);
    let second = server.line();
    assert!(second.contains("convoke token --role network-admin"), "{second}");
    let healthy = server.get("/healthz");
    assert!(healthy.starts_with("HTTP/1.1 200"), "{healthy}");
    assert!(healthy.contains("\"tzdata\":\"20"), "{healthy}");
    let ready = server.get("/readyz");
    assert!(ready.starts_with("HTTP/1.1 200") && ready.contains("\"ready\""), "{ready}");
    let none = server.get("/nowhere");
    assert!(none.starts_with("HTTP/1.1 404"), "{none}");
    assert!(none.contains("content-security-policy"), "{none}");
}

#[test]
fn a_healthcheck_asks_a_running_server() {
    let folder = Folder::new();
    let server = folder.serve(&[]);
    let url = |path| format!("http://{}{path}", server.address);
    folder.run(&["healthcheck", "--url", &url("/healthz")]).fine();
    let missing = folder.run(&["healthcheck", "--url", &url("/nowhere")]);
    missing.refused(1, "answered 404");
    drop(server);
    folder.run(&["healthcheck", "--url", "http://127.0.0.1:1/healthz"]).refused(1, "could not ask");
    folder.run(&["healthcheck", "--url", "nonsense"]).refused(2, "is no address");
}

#[test]
fn a_second_process_on_the_same_file_is_refused_and_told_who_has_it() {
    let folder = Folder::new();
    let server = folder.serve(&[]);
    let second = folder.run(&["serve", "--listen", "127.0.0.1:0"]);
    second.refused(1, &format!("in use by the convoke process {}", server.id()));
}

#[test]
fn a_port_that_is_taken_is_named_with_another_to_try() {
    let folder = Folder::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ran = folder.run(&["serve", "--listen", &address]);
    ran.refused(1, &format!("could not listen on {address}: another program has that port"));
}

#[test]
fn what_is_set_wrongly_ends_with_two() {
    let folder = Folder::new();
    folder.run(&["serve", "--database", "mysql://x"]).refused(2, "use sqlite:PATH or postgres://");
    folder.write("convoke.toml", "listn = \"x\"\n");
    folder
        .run(&["serve"])
        .refused(2, "convoke.toml:1: there is no key `listn`; did you mean `listen`?");
    folder.run(&["serve", "--colour"]).refused(2, "unexpected argument");
}

#[test]
fn while_its_database_is_away_it_lives_and_says_so() {
    let folder = Folder::new();
    // Nobody listens there: the port was free a moment ago and is not given out again so soon.
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let database = format!("postgres://ada:secret@{free}/convoke");
    let mut server = folder.serve(&["--database", &database]);
    assert!(server.first_line.contains("waiting for its database"), "{}", server.first_line);
    assert!(!server.first_line.contains("secret"), "{}", server.first_line);
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
    let ready = server.get("/readyz");
    assert!(ready.starts_with("HTTP/1.1 503") && ready.contains("\"waiting\""), "{ready}");
    assert!(!ready.contains("secret"), "{ready}");
    let page = server.get("/");
    assert!(page.starts_with("HTTP/1.1 503") && page.contains("retry-after"), "{page}");
    server.terminate();
    assert_eq!(server.ended().code(), Some(0));
}

#[test]
fn on_sigterm_an_open_stream_ends_and_so_does_the_process_soon() {
    let folder = Folder::new();
    let mut server = folder.serve(&[]);
    let token = folder.run(&["token", "--role", "network-admin"]).fine();
    let hub = open_hub(&server, token.trim());
    let document =
        format!("subscription {{ boardChanged(hubId: \"{hub}\", board: AGENDA) {{ position }} }}");
    let request = server.graphql(Some(token.trim()), &document, "text/event-stream");
    let mut stream = BufReader::new(server.connect(&request));
    let mut status = String::new();
    stream.read_line(&mut status).unwrap();
    assert!(status.starts_with("HTTP/1.1 200"), "{status}");
    let began = Instant::now();
    server.terminate();
    assert_eq!(server.ended().code(), Some(0));
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("text/event-stream"), "{rest}");
}

#[test]
fn it_comes_back_with_everything_it_had() {
    let folder = Folder::new();
    let mut server = folder.serve(&["--uid-domain", "hub.example"]);
    let token = folder.run(&["token", "--role", "network-admin"]).fine();
    open_hub(&server, token.trim());
    server.terminate();
    assert_eq!(server.ended().code(), Some(0));
    let other = folder.run(&["serve", "--uid-domain", "other.example"]);
    other.refused(2, "this database began with “hub.example”");
    let server = folder.serve(&[]);
    assert!(!server.first_line.contains("new"));
    let answer = server.ask(None, "{ hub(slug: \"westminster\") { name } }");
    assert_eq!(answer["data"]["hub"]["name"], "Westminster", "{answer}");
}

/// Opens a hub; says its id.
#[track_caller]
pub(crate) fn open_hub(server: &Server, token: &str) -> String {
    let answer = server.ask(
        Some(token),
        "mutation { openHub(input: {name: \"Westminster\", slug: \"westminster\", \
         timeZone: \"Europe/London\", locales: [\"en\"]}) { hub { id } userErrors { code } } }",
    );
    let id = answer["data"]["openHub"]["hub"]["id"].as_str();
    id.unwrap_or_else(|| panic!("{answer}")).to_owned()
}
