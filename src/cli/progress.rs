//! How far a long run has come, on standard error where a person looks on; elsewhere nothing.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Inputs from which on a run is worth showing.
const LONG: usize = 16;
/// How often a second the line is drawn at most.
const DRAWINGS: u8 = 10;
/// How often the line is drawn while nothing is finished.
const TICK: Duration = Duration::from_millis(200);

/// The line that shows it.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// For a run over this many inputs; there may turn out to be more.
    pub(super) fn new(inputs: usize) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} 已检查 {pos}/{len} 份  {wide_msg}") {
            bar.set_style(style);
        }
        let progress = Self { bar };
        progress.expect(inputs);
        progress
    }

    /// There are this many inputs altogether, as far as is known: an archive turns out to be many.
    pub(super) fn expect(&self, inputs: usize) {
        self.bar.set_length(inputs as u64);
        if inputs >= LONG && self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(DRAWINGS));
            if !self.bar.is_hidden() {
                self.bar.enable_steady_tick(TICK);
            }
        }
    }

    /// One input more is finished: the one with this name, fit for a terminal.
    pub(super) fn finished(&self, name: &str) {
        if !self.bar.is_hidden() {
            self.bar.set_message(name.to_owned());
        }
        self.bar.inc(1);
    }

    /// Writes something else while the line is away.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
