//! How wide the codes of a font are, in units of the font size.

use hayro_syntax::object::{Array, Dict, Object};

/// The most entries of a table of widths; a glyph number has two bytes.
const MOST_ENTRIES: usize = 1 << 16;

/// The widths of a font.
#[derive(Debug, Default)]
pub(super) struct Widths {
    /// First code, last code, width; sorted by the first code where no two overlap.
    ranges: Vec<(u32, u32, f32)>,
    /// The width of what has no entry.
    default: f32,
}

impl Widths {
    /// The widths of the part of a composite font that draws: `/W [1 [500 600] 10 20 1000]`, `/DW`.
    pub(super) fn of_composite(descendant: &Dict<'_>) -> Self {
        let default = descendant.get::<f32>("DW").unwrap_or(1_000.0) / 1_000.0;
        let mut ranges = Vec::new();
        if let Some(table) = descendant.get::<Array<'_>>("W") {
            let mut items = table.iter::<Object<'_>>();
            while let (Some(first), Some(second)) = (items.next(), items.next()) {
                let Some(first) = whole(&first) else { break };
                match second {
                    Object::Array(list) => {
                        for (code, width) in (first..).zip(list.iter::<f32>()).take(MOST_ENTRIES) {
                            ranges.push((code, code, width / 1_000.0));
                        }
                    }
                    second => {
                        let (Some(last), Some(Object::Number(width))) = (whole(&second), items.next()) else { break };
                        ranges.push((first, last, width.as_f32() / 1_000.0));
                    }
                }
                if ranges.len() > MOST_ENTRIES {
                    break;
                }
            }
        }
        ranges.sort_by_key(|(first, ..)| *first);
        Self { ranges, default }
    }

    /// The widths of a simple font, or a guess where a standard font gives none.
    pub(super) fn of_simple(dict: &Dict<'_>, name: &str) -> Self {
        // The unit is a thousandth, but in a font of drawings it is the font's own.
        let unit = dict.get::<[f32; 6]>("FontMatrix").map_or(0.001, |[unit, ..]| unit.abs());
        let missing = dict.get::<Dict<'_>>("FontDescriptor").and_then(|dict| dict.get::<f32>("MissingWidth"));
        let first = dict.get::<u32>("FirstChar").unwrap_or_default();
        let Some(table) = dict.get::<Array<'_>>("Widths") else { return Self::guessed(name) };
        let ranges = (first..).zip(table.iter::<f32>()).take(256).map(|(code, width)| (code, code, width * unit));
        Self { ranges: ranges.collect(), default: missing.unwrap_or_default() * unit }
    }

    /// The widths of a standard font, near enough to tell a gap from none: real ones are not in the file.
    fn guessed(name: &str) -> Self {
        if name.contains("Courier") {
            return Self { ranges: Vec::new(), default: 0.6 };
        }
        let (digit, capital, small) = if name.contains("Times") { (0.5, 0.68, 0.45) } else { (0.556, 0.69, 0.52) };
        let [blank, zero, nine, a, z, small_a, small_z] = b" 09AZaz".map(u32::from);
        let ranges = vec![
            (blank, blank, digit / 2.0),
            (blank + 1, zero - 1, 0.33),
            (zero, nine, digit),
            (a, z, capital),
            (small_a, small_z, small),
        ];
        Self { ranges, default: digit }
    }

    /// The width of a code.
    pub(super) fn of(&self, code: u32) -> f64 {
        let after = self.ranges.partition_point(|(first, ..)| *first <= code);
        let found = after.checked_sub(1).and_then(|before| self.ranges.get(before));
        let width = found.filter(|(_, last, _)| code <= *last).map_or(self.default, |(.., width)| *width);
        f64::from(if width.is_finite() { width.clamp(-10.0, 10.0) } else { 0.0 })
    }
}

fn whole(object: &Object<'_>) -> Option<u32> {
    match object {
        Object::Number(number) => u32::try_from(number.as_i64()).ok(),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use hayro_syntax::object::FromBytes;

    use super::*;

    #[test]
    fn reads_lists_and_ranges_of_widths() {
        let dict = Dict::from_bytes(b"<< /DW 900 /W [1 [500 600] 10 4294967295 250] >>").unwrap();
        let widths = Widths::of_composite(&dict);
        let read: Vec<f64> = [1, 2, 3, 10, 70_000].map(|code| (widths.of(code) * 1_000.0).round()).into();
        assert_eq!(read, [500.0, 600.0, 900.0, 250.0, 250.0]);
    }

    #[test]
    fn guesses_the_widths_of_standard_fonts() {
        let dict = Dict::from_bytes(b"<< /BaseFont /Times-Roman >>").unwrap();
        assert!((Widths::of_simple(&dict, "Times-Roman").of(u32::from(b'7')) - 0.5).abs() < 1e-6);
    }
}
