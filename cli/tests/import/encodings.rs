//! Byte order marks, line ends and UTF-16: the same text is the same inventory.

use std::{fs, process::Output};

use crate::{
    read,
    support::{ops_hub, own_inventory, stderr},
};

fn import(folder: &std::path::Path, bytes: &[u8]) -> Output {
    fs::write(folder.join("inventory.md"), bytes).expect("the inventory is written");
    let arguments = ["import", "inventory.md", "-o", "catalog.json"];
    ops_hub().current_dir(folder).args(arguments).output().expect("the program runs")
}

#[test]
fn a_change_of_encoding_or_line_ends_is_no_change() {
    let text = own_inventory();
    let folder = tempfile::tempdir().expect("a folder");
    let catalog = folder.path().join("catalog.json");
    assert!(import(folder.path(), text.as_bytes()).status.success());
    let before = read(&catalog);
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(bytes).collect() };
    let marked = format!("\u{feff}{text}");
    for bytes in [
        text.replace('\n', "\r\n").into_bytes(),
        text.replace('\n', "\r").into_bytes(),
        marked.clone().into_bytes(),
        utf16(&marked, u16::to_le_bytes),
        utf16(&marked, u16::to_be_bytes),
    ] {
        let output = import(folder.path(), &bytes);
        assert!(output.status.success(), "{}", stderr(&output));
        assert_eq!(read(&catalog), before);
        let arguments = ["check", "--inventory", "inventory.md", "--catalog", "catalog.json"];
        let checked = ops_hub().current_dir(folder.path()).args(arguments).output().expect("the program runs");
        assert!(!String::from_utf8_lossy(&checked.stdout).contains("stale"), "{checked:?}");
    }
}

#[test]
fn what_is_no_text_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = import(folder.path(), b"# B\xe4ckerei\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("neither UTF-8 nor UTF-16"), "{}", stderr(&output));
}
