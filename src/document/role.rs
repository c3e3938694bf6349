//! What each line is for: title, addressee, imprint, leftover, furniture, text.
//!
//! Titles and leftovers stand before the report's first sentence, signatures and leftovers behind its last; a
//! line between them is text whatever words it has.

use super::{
    Lexicon, Role, View,
    line::{Line, ends_as_signature, ends_in_any, has_any, is_closed},
};

/// A line longer than this is no title, leftover or signature.
const LONGEST_FRAME_LINE: usize = 120;
/// A line longer than this is no title.
const LONGEST_TITLE_LINE: usize = 60;

/// Gives every body line its role.
pub(super) fn assign(lines: &mut [Line], scratch: &View, lexicon: &Lexicon) {
    mark_page_numbers(lines, scratch);
    let (head, tail) = zones(lines, scratch);
    mark_leftovers(&mut lines[..head], scratch, lexicon);
    mark_head(&mut lines[..head], scratch, lexicon);
    mark_leftovers(&mut lines[tail..], scratch, lexicon);
    mark_tail(&mut lines[tail..], scratch, lexicon);
}

/// Where the report's text begins and ends: the first line that is a numbered heading or a sentence, and one
/// behind the last.
fn zones(lines: &[Line], scratch: &View) -> (usize, usize) {
    let is_text = |line: &Line| {
        let text = scratch.slice(line.scratch);
        line.role == Role::Row
            || line.role == Role::Body
                && (line.opening.is_some()
                    || text.contains('。')
                    || (line.length > LONGEST_TITLE_LINE && is_closed(text)))
    };
    let head = lines.iter().position(is_text).unwrap_or(lines.len());
    let tail = lines.iter().rposition(is_text).map_or(head, |last| last + 1);
    (head, tail)
}

/// — 3 —, 第3页, 3: page numbers that a converter left between the lines.
fn mark_page_numbers(lines: &mut [Line], scratch: &View) {
    for line in lines.iter_mut().filter(|line| line.role == Role::Body && line.length <= 12) {
        let text = scratch.slice(line.scratch);
        let core = text.trim_matches(['—', '-', '–', '－', '―', '·', '第', '页', '/', '共']);
        let framed = core.len() < text.len() || line.length <= 2;
        if framed && !core.is_empty() && core.chars().all(|char| char.is_ascii_digit() || "页/共第".contains(char)) {
            line.role = Role::Furniture;
        }
    }
}

fn mark_leftovers(lines: &mut [Line], scratch: &View, lexicon: &Lexicon) {
    for line in lines.iter_mut().filter(|line| line.role == Role::Body && line.length <= LONGEST_FRAME_LINE) {
        let text = scratch.slice(line.scratch);
        let labelled = lexicon.metadata.iter().chain(&lexicon.publication).any(|label| {
            text.match_indices(label.as_str()).any(|(at, _)| at == 0 || text[at + label.len()..].starts_with('：'))
        });
        if !text.contains('。') && (labelled || has_any(text, &lexicon.furniture)) {
            line.role = Role::Residue;
        }
    }
}

fn mark_head(lines: &mut [Line], scratch: &View, lexicon: &Lexicon) {
    for line in lines.iter_mut().filter(|line| line.role == Role::Body) {
        let text = scratch.slice(line.scratch);
        if text.ends_with('：') && has_any(text, &lexicon.addressees) {
            line.role = Role::Addressee;
        } else if is_document_number(text) || is_date(text) {
            line.role = Role::Imprint;
        }
    }
    let is_genre = |line: &Line| {
        let text = scratch.slice(line.scratch).trim_end_matches('。');
        let text = text.strip_suffix('）').and_then(|text| text.rsplit_once('（')).map_or(text, |(before, _)| before);
        line.role == Role::Body && ends_in_any(text, &lexicon.genres)
    };
    let genres: Vec<usize> = (0..lines.len()).filter(|index| is_genre(&lines[*index])).collect();
    for genre in genres {
        for line in lines[..=genre].iter_mut().rev() {
            if line.role != Role::Body || line.length > LONGEST_TITLE_LINE {
                break;
            }
            line.role = Role::Title;
        }
    }
}

fn mark_tail(lines: &mut [Line], scratch: &View, lexicon: &Lexicon) {
    for line in lines.iter_mut().filter(|line| line.role == Role::Body && line.length <= LONGEST_TITLE_LINE) {
        let text = scratch.slice(line.scratch);
        if is_date(text) || ends_as_signature(text.trim_end_matches(['（', '）']), lexicon) {
            line.role = Role::Imprint;
        }
    }
}

/// 鹿政报〔2021〕3号, with any brackets, alone or before 签发人.
fn is_document_number(text: &str) -> bool {
    let Some(open) = text.find(['〔', '[', '［', '【', '﹝', '（']) else { return false };
    let inside = text[open..].chars().skip(1);
    let year: String = inside.take_while(char::is_ascii_digit).collect();
    year.len() == 4 && text[open..].contains('号')
}

/// A date alone on its line, in figures or Chinese numerals, bracketed or not.
fn is_date(text: &str) -> bool {
    let core = text.trim_matches(['（', '）', '。']);
    let dated = |char: char| char.is_ascii_digit() || "年月日〇○零一二三四五六七八九十-/.".contains(char);
    core.chars().count() >= 7 && core.chars().all(dated) && (core.contains('年') || core.contains(['-', '/', '.']))
}
