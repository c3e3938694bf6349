//! Faults of our own: one report with such a fault must not keep others from being checked, and what is said of it must
//! not bring the report's text to a terminal as it is.

use std::panic::{AssertUnwindSafe, Location, catch_unwind, set_hook};

use super::screen;
use crate::render::{Failure, visible};

/// Makes every fault of ours be told in one line.
pub(super) fn tell_faults() {
    set_hook(Box::new(|fault| screen::complain(&told(fault.payload_as_str(), fault.location()))));
}

/// What is said of a fault. Its words may quote a report: a slice that goes wrong tells of what.
fn told(words: Option<&str>, place: Option<&Location<'_>>) -> String {
    let place = place.map(|place| format!("（{}:{}）", place.file(), place.line())).unwrap_or_default();
    format!("程序内部出错：{}{place}\n", visible(words.unwrap_or("没有说明")))
}

/// Does some work on one report; a fault of ours there becomes a failure.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    // What the work has touched is not looked at again.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(internal()))
}

fn internal() -> Failure {
    Failure {
        code: "internal",
        message: "检查这份文件时程序自己出了错".to_owned(),
        help: "这不是报告的问题；请把这份文件和上面的提示交给程序的维护者".to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_ours_is_a_failure_of_one_report() {
        let text = "法治".to_owned();
        let outcome = guarded(|| Ok(text[1..].len()));
        assert_eq!(outcome.unwrap_err().code, "internal");
        assert_eq!(guarded(|| Ok(1)), Ok(1));
    }

    #[test]
    fn the_words_of_a_fault_cannot_steer_a_terminal() {
        let place = Location::caller();
        let line = told(Some("`甲\u{1b}[2J\n乙`"), Some(place));
        assert_eq!(line, format!("程序内部出错：`甲␛[2J↵乙`（{}:{}）\n", place.file(), place.line()));
        assert_eq!(told(None, None), "程序内部出错：没有说明\n");
    }
}
