//! A copy of a Word file in which every finding is a comment (批注) at its characters and every fix a tracked change
//! (修订) that a clerk accepts or refuses. Nothing else in the package changes, and nothing is judged here.
//!
//! The reader says which element of the file wrote which characters; runs are cut there, and what is not cut is
//! copied byte for byte. Comments and changes carry no date, so that the same report gives the same bytes.

mod comment;
mod package;
mod place;
mod plan;
mod revision;
mod split;
mod summary;
mod xml;

pub(super) use self::xml::escape;
use self::{
    comment::Comment,
    place::Places,
    plan::Plans,
    revision::Revisions,
    split::{Ids, Writer},
};
use crate::{
    Checked,
    read::{
        ReadError,
        docx::{Anatomy, Markup},
    },
    render::verdict,
};

/// The author of all comments and changes.
const AUTHOR: &str = "hegui";

/// The Word file `bytes` with the findings of its review as comments and their fixes as tracked changes. Silenced
/// findings are left out; those that Word can't comment on, in headers and notes, stand in the comment at the title.
///
/// # Errors
/// Where `bytes` are no Word file that can be read, with the codes of [`read`](crate::read::read), and where
/// `checked` was read from another file.
pub fn annotate(bytes: &[u8], checked: &Checked) -> Result<Vec<u8>, ReadError> {
    let anatomy = Anatomy::open(bytes)?;
    let places = Places::new(&anatomy, &checked.document);
    let findings = verdict::in_order(&checked.review.diagnostics);
    let revisions = Revisions::choose(&places, &findings);
    let mut plans = Plans::new(&anatomy);
    let mut comments = Vec::new();
    let mut ids = comment_ids(&anatomy);
    let mut elsewhere = Vec::new();
    let id = ids.next();
    plans.comment(id, places.title().ok_or_else(no_paragraph)?);
    for (finding, edits) in findings.iter().zip(revisions.of_findings()) {
        let Some(place) = places.of(finding.span) else {
            elsewhere.push(*finding);
            continue;
        };
        let id = ids.next();
        plans.comment(id, place);
        edits.iter().for_each(|edit| plans.change(edit));
        comments.push(Comment { id, lines: comment::lines(finding, &checked.document, !edits.is_empty()) });
    }
    comments.insert(0, Comment { id, lines: summary::lines(checked, &elsewhere) });
    let document = Writer::new(&anatomy).write(&plans);
    // What does not read again must not reach a clerk.
    Markup::parse(document.clone())?;
    let mut parts = vec![(anatomy.main_name.clone(), xml::as_utf8(document))];
    parts.extend(package::comments(&anatomy, &comments));
    package::write(bytes, parts)
}

fn comment_ids(anatomy: &Anatomy) -> Ids {
    let of_comments = |name: &str| name.starts_with("comment");
    let existing = anatomy.comments.markup.iter().flat_map(|markup| markup.ids(of_comments));
    Ids::new(existing.chain(anatomy.main.ids(of_comments)))
}

fn no_paragraph() -> ReadError {
    ReadError::new("no-paragraph", "正文里没有可以加批注的段落", "请用 Word 或 WPS 打开，“另存为”新的 .docx 再试")
}
