//! Property changes (`Sprm`) of Word 97–2003: the list is cut into changes, with the few that are of use here.
//!
//! Numbers and names are those of [MS-DOC] 2.6. What a change means is said by who asks for it.

use super::bytes::{part, u8_at, u16_at};

/// Deleted by a tracked change (`sprmCFRMarkDel`).
pub(super) const DELETED: u16 = 0x0800;
/// Inserted by a tracked change (`sprmCFRMark`).
pub(super) const INSERTED: u16 = 0x0801;
/// Hidden (`sprmCFVanish`).
pub(super) const HIDDEN: u16 = 0x083c;
/// A unit that stands for something else (`sprmCFSpec`).
pub(super) const SPECIAL: u16 = 0x0855;
/// The level in a list (`sprmPIlvl`).
pub(super) const LIST_LEVEL: u16 = 0x260a;
/// The use of a list (`sprmPIlfo`).
pub(super) const LIST_USE: u16 = 0x460b;
/// The paragraph stands in a table (`sprmPFInTable`).
pub(super) const IN_TABLE: u16 = 0x2416;
/// The paragraph is the mark that ends a row (`sprmPFTtp`).
pub(super) const ROW_END: u16 = 0x2417;
/// How many tables the paragraph stands in (`sprmPItap`).
pub(super) const TABLE_DEPTH: u16 = 0x6649;
/// The level in the outline (`sprmPOutLvl`), 9 for body text.
pub(super) const OUTLINE_LEVEL: u16 = 0x2640;

/// The operand of `sprmTDefTable` has a length of two bytes.
const TABLE_DEFINITION: u16 = 0xd608;
/// The operand of `sprmPChgTabs` may be longer than its length byte can say.
const TABS: u16 = 0xc615;

/// A change: its number and its operand.
pub(super) type Change<'a> = (u16, &'a [u8]);

/// The changes of a list, up to the first that is not whole.
pub(super) fn changes(list: &[u8]) -> impl Iterator<Item = Change<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let code = u16_at(list, at)?;
        let (skipped, length) = operand(code, list, at + 2)?;
        let start = at + 2 + skipped;
        at = start + length;
        Some((code, part(list, start, length)?))
    })
}

/// How many bytes before the operand say its length, and how long it is.
fn operand(code: u16, list: &[u8], at: usize) -> Option<(usize, usize)> {
    Some(match code >> 13 {
        0 | 1 => (0, 1),
        2 | 4 | 5 => (0, 2),
        3 => (0, 4),
        7 => (0, 3),
        _ if code == TABLE_DEFINITION => (2, usize::from(u16_at(list, at)?).saturating_sub(1)),
        _ => match usize::from(u8_at(list, at)?) {
            255 if code == TABS => (1, long_tabs(list, at + 1)?),
            length => (1, length),
        },
    })
}

/// The length of a change of tabs that its length byte cannot say: five bytes a tab deleted, three a tab added.
fn long_tabs(list: &[u8], at: usize) -> Option<usize> {
    let deleted = 1 + 4 * usize::from(u8_at(list, at)?);
    let added = 1 + 3 * usize::from(u8_at(list, at + deleted)?);
    Some(deleted + added)
}

/// Whether a change of yes and no says yes. 0x81 is the opposite of the style, which is no where it is used.
pub(super) fn is_on(operand: &[u8]) -> bool {
    matches!(operand.first(), Some(1 | 0x81))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_operands_of_every_length() {
        let list = [
            0x0a, 0x26, 2, // one byte
            0x08, 0xd6, 3, 0, 9, 9, // two bytes of length, one too many
            0x15, 0xc6, 2, 0, 0, // a byte of length
            0x49, 0x66, 1, 0, 0, 0, // four bytes
            0x0b, 0x46, 7, // cut short
        ];
        let found: Vec<Change<'_>> = changes(&list).collect();
        let tabs: Change<'_> = (TABS, &[0, 0]);
        assert_eq!(found, [(LIST_LEVEL, &[2][..]), (TABLE_DEFINITION, &[9, 9]), tabs, (TABLE_DEPTH, &[1, 0, 0, 0])]);
    }
}
