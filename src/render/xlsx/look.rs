//! How cells look: fonts, colours, borders. A status has a colour and its word, so that a copy in black says as much.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::{diagnostic::Severity, engine::Status};

/// A font that every Windows in Chinese has; LibreOffice replaces it.
const FONT: &str = "宋体";
const LINES: u32 = 0x00BF_BFBF;
const HEAD: u32 = 0x00DC_E6F1;

const GREEN: (u32, u32) = (0x00E2_EFDA, 0x0037_5623);
const YELLOW: (u32, u32) = (0x00FF_F2CC, 0x007F_6000);
const RED: (u32, u32) = (0x00F8_CBAD, 0x009C_0006);
const GREY: (u32, u32) = (0x00ED_EDED, 0x0059_5959);
const BLUE: (u32, u32) = (0x00DD_EBF7, 0x001F_4E78);

/// The looks of a workbook, made once.
pub(super) struct Looks {
    /// The head of a column.
    pub(super) head: Format,
    /// The head of a narrow column, written downwards.
    pub(super) tall_head: Format,
    /// Text, wrapped, at the top.
    pub(super) text: Format,
    /// Text, wrapped, in the middle.
    pub(super) middle: Format,
    /// A number or a short word in the middle.
    pub(super) number: Format,
    /// The last row.
    pub(super) total: Format,
    /// A heading without a border.
    pub(super) title: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let plain = Format::new().set_font_name(FONT).set_font_size(10).set_align(FormatAlign::Top).set_text_wrap();
        let text = plain.clone().set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINES));
        let middle = text.clone().set_align(FormatAlign::VerticalCenter);
        let number = middle.clone().set_align(FormatAlign::Center);
        let head = number.clone().set_bold().set_background_color(Color::RGB(HEAD));
        Self {
            // The button of the filter covers the foot.
            tall_head: downwards(head.clone()).set_align(FormatAlign::Top),
            total: head.clone(),
            head,
            middle,
            number,
            title: plain.set_bold().set_font_size(12),
            text,
        }
    }

    /// The cell of a status, its word written downwards.
    pub(super) fn status(&self, status: Status) -> Format {
        let colours = match status {
            Status::Met => GREEN,
            Status::Partial => YELLOW,
            Status::Missing => RED,
            Status::Skipped => GREY,
        };
        let look = downwards(coloured(&self.number, colours));
        if status == Status::Missing { look.set_bold() } else { look }
    }

    /// The word of a status where it is explained.
    pub(super) fn status_word(&self, status: Status) -> Format {
        self.status(status).set_rotation(0)
    }

    /// The cell of a grade.
    pub(super) fn severity(&self, severity: Severity) -> Format {
        let colours = match severity {
            Severity::Error => RED,
            Severity::Warning => YELLOW,
            Severity::Info => BLUE,
        };
        coloured(&self.number, colours).set_align(FormatAlign::Top)
    }
}

/// One character below the other, without wrapping, which would begin a second column.
fn downwards(look: Format) -> Format {
    look.set_rotation(270).unset_text_wrap()
}

fn coloured(look: &Format, (ground, ink): (u32, u32)) -> Format {
    look.clone().set_background_color(Color::RGB(ground)).set_font_color(Color::RGB(ink))
}
