//! Paths as URI references.

use std::path::MAIN_SEPARATOR;

/// `path` as a URI: relative to where the tool ran, or of a file, if it is absolute.
pub(super) fn of(path: &str) -> String {
    let path = if MAIN_SEPARATOR == '\\' { path.replace('\\', "/") } else { path.to_owned() };
    let path = path.strip_prefix("./").unwrap_or(&path);
    let encoded: Vec<String> = path.split('/').map(encoded).collect();
    let encoded = encoded.join("/");
    if path.starts_with("//") {
        format!("file:{encoded}")
    } else if path.starts_with('/') {
        format!("file://{encoded}")
    } else if has_drive(path) {
        format!("file:///{}", encoded.replacen("%3A", ":", 1))
    } else {
        encoded
    }
}

fn has_drive(path: &str) -> bool {
    MAIN_SEPARATOR == '\\' && path.starts_with(|char: char| char.is_ascii_alphabetic()) && path[1..].starts_with(":/")
}

/// A segment of a path with all but the unreserved characters as bytes of UTF-8 behind %.
fn encoded(segment: &str) -> String {
    let mut encoded = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_encoded_segment_by_segment() {
        assert_eq!(of("送审/a b#1.txt"), "%E9%80%81%E5%AE%A1/a%20b%231.txt");
        assert_eq!(of("./10%:x.md"), "10%25%3Ax.md");
        assert_eq!(of("/tmp/报.md"), "file:///tmp/%E6%8A%A5.md");
        assert_eq!((of("-"), of("")), ("-".to_owned(), String::new()));
    }
}
