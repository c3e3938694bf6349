//! The fonts of a PDF as far as text needs them: which character a code stands for and how wide it is.
//!
//! Font programs are never opened. Order of trust: the font's own map to Unicode, then its predefined encoding
//! (UniGB-UCS2-H, GBK-EUC-H) through the character collection, then glyph names.

use std::{collections::BTreeMap, rc::Rc};

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, WritingMode, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Bytes};

use super::{
    Failure,
    encoding::{Base, char_of_name},
    limits::{Budget, FONT_TABLE},
    stream::decode,
    widths::Widths,
};

/// What is charged for a font besides the length of its tables: reading the dictionary, a predefined encoding.
const COST: usize = 1 << 15;

/// A font of a PDF.
#[derive(Debug)]
pub(super) struct Font {
    kind: Kind,
    to_unicode: Option<CMap>,
    widths: Widths,
    /// Its name without the mark of a subset.
    pub(super) name: String,
    /// Whether lines run from top to bottom.
    pub(super) vertical: bool,
}

#[derive(Debug)]
enum Kind {
    /// One byte a code; the characters of the codes by encoding and names.
    Simple(Box<[Option<char>; 256]>),
    /// One to four bytes a code.
    Composite(Box<Composite>),
}

#[derive(Debug)]
struct Composite {
    /// From codes to glyph numbers.
    encoding: CMap,
    /// From the glyph numbers of a character collection to characters.
    collection: Option<CMap>,
    /// Whether the codes are Unicode themselves.
    unicode_codes: bool,
}

/// A code of a font, read from a string.
#[derive(Debug)]
pub(super) struct Code {
    /// Its characters, none where they are unknown.
    pub(super) text: Option<BfString>,
    /// How far it moves on, in units of the font size.
    pub(super) advance: f64,
    /// How many bytes it took.
    pub(super) length: usize,
    /// Whether it is the single byte 32, to which the word spacing is added.
    pub(super) is_blank: bool,
}

impl Font {
    /// Reads a font dictionary; none where it can't be used.
    ///
    /// # Errors
    /// Where its tables are too large.
    pub(super) fn read(dict: &Dict<'_>, budget: &mut Budget) -> Result<Option<Self>, Failure> {
        budget.spend_content(COST)?;
        let to_unicode = match dict.get::<Stream<'_>>("ToUnicode") {
            Some(stream) => read_cmap(&stream, budget)?,
            None => None,
        };
        let subtype = dict.get::<Name<'_>>("Subtype");
        let is_composite = subtype.as_ref().is_some_and(|name| name.as_ref() == b"Type0");
        let name = dict.get::<Name<'_>>("BaseFont").map(|name| without_subset(name.as_str()).to_owned());
        let mut font = if is_composite {
            let Some(font) = read_composite(dict, budget)? else { return Ok(None) };
            font
        } else {
            read_simple(dict, name.as_deref().unwrap_or_default())
        };
        font.to_unicode = to_unicode;
        font.name = name.unwrap_or_default();
        Ok(Some(font))
    }

    /// Reads the code with which `bytes` begin; none where there is none left.
    pub(super) fn code(&self, bytes: &[u8]) -> Option<Code> {
        let first = *bytes.first()?;
        match &self.kind {
            Kind::Simple(chars) => {
                let mapped = self.mapped(u32::from(first));
                let text = mapped.or_else(|| chars.get(usize::from(first)).copied().flatten().map(BfString::Char));
                let advance = self.widths.of(u32::from(first));
                Some(Code { text, advance, length: 1, is_blank: first == b' ' })
            }
            Kind::Composite(font) => {
                let (code, length, cid) = read_code(&font.encoding, bytes);
                let text = self
                    .mapped(code)
                    .or_else(|| font.collection.as_ref()?.lookup_bf_string(cid))
                    .or_else(|| font.unicode_codes.then(|| char::from_u32(code).map(BfString::Char)).flatten());
                let is_blank = length == 1 && first == b' ';
                let advance = if self.vertical { -1.0 } else { self.widths.of(cid) };
                Some(Code { text, advance, length, is_blank })
            }
        }
    }

    /// The characters of a code by the font's own map. Some maps send what they don't know to nought.
    fn mapped(&self, code: u32) -> Option<BfString> {
        let text = self.to_unicode.as_ref()?.lookup_bf_string(code)?;
        (!matches!(text, BfString::Char('\0' | '\u{fffd}'))).then_some(text)
    }
}

/// SimSun of `ABCDEF+SimSun`.
fn without_subset(name: &str) -> &str {
    match name.split_once('+') {
        Some((mark, rest)) if mark.len() == 6 => rest,
        _ => name,
    }
}

/// The code with which `bytes` begin, its length and its glyph in the collection. A byte that begins no code is
/// skipped, as viewers do.
fn read_code(encoding: &CMap, bytes: &[u8]) -> (u32, usize, u32) {
    let mut code = 0;
    for (length, byte) in (1..=4_u8).zip(bytes) {
        code = code << 8 | u32::from(*byte);
        if let Some(cid) = encoding.lookup_cid_code(code, length) {
            return (code, usize::from(length), cid);
        }
    }
    (u32::from(bytes.first().copied().unwrap_or_default()), 1, 0)
}

fn read_cmap(stream: &Stream<'_>, budget: &mut Budget) -> Result<Option<CMap>, Failure> {
    let Some(data) = decode(stream, FONT_TABLE, "字体编码表超过8MB")? else { return Ok(None) };
    budget.spend_content(data.len())?;
    Ok(CMap::parse(&data, load_embedded))
}

/// A predefined encoding by its name.
fn predefined(name: CMapName<'_>) -> Option<CMap> {
    match name {
        CMapName::IdentityH => Some(CMap::identity_h()),
        CMapName::IdentityV => Some(CMap::identity_v()),
        name => CMap::parse(load_embedded(name)?, load_embedded),
    }
}

fn read_composite(dict: &Dict<'_>, budget: &mut Budget) -> Result<Option<Font>, Failure> {
    let (encoding, name) = match dict.get::<Object<'_>>("Encoding") {
        Some(Object::Name(name)) => (predefined(CMapName::from_bytes(name.as_ref())), name.as_str().to_owned()),
        Some(Object::Stream(stream)) => (read_cmap(&stream, budget)?, String::new()),
        _ => (None, String::new()),
    };
    let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let (Some(encoding), Some(descendant)) = (encoding, descendant) else { return Ok(None) };
    let named = encoding.metadata().character_collection.as_ref().map(|collection| collection.family.clone());
    let family = named.filter(|family| *family != CidFamily::AdobeIdentity).or_else(|| collection_of(&descendant));
    let collection = family.and_then(|family| family.ucs2_cmap()).and_then(predefined);
    let vertical = encoding.metadata().writing_mode == Some(WritingMode::Vertical);
    let unicode_codes = name.contains("-UCS2-") || name.contains("-UTF16-");
    Ok(Some(Font {
        kind: Kind::Composite(Box::new(Composite { encoding, collection, unicode_codes })),
        to_unicode: None,
        widths: Widths::of_composite(&descendant),
        name: String::new(),
        vertical,
    }))
}

/// Which characters the glyph numbers of a font without predefined encoding count.
fn collection_of(descendant: &Dict<'_>) -> Option<CidFamily> {
    let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
    let (registry, ordering) = (info.get::<Bytes<'_>>("Registry")?, info.get::<Bytes<'_>>("Ordering")?);
    Some(CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()))
}

fn read_simple(dict: &Dict<'_>, name: &str) -> Font {
    let encoding = dict.get::<Object<'_>>("Encoding");
    let named = |name: &Name<'_>| match name.as_ref() {
        b"WinAnsiEncoding" => Some(Base::Windows),
        b"MacRomanEncoding" => Some(Base::Macintosh),
        b"StandardEncoding" => Some(Base::Standard),
        _ => None,
    };
    let (base, differences) = match &encoding {
        Some(Object::Name(name)) => (named(name), None),
        Some(Object::Dict(dict)) => {
            (dict.get::<Name<'_>>("BaseEncoding").as_ref().and_then(named), dict.get::<Array<'_>>("Differences"))
        }
        _ => (None, None),
    };
    // The codes of a font of signs are no letters.
    let has_letters = !["Symbol", "Dingbats", "Wingdings", "Webdings"].iter().any(|sign| name.contains(sign));
    let mut chars = Box::new([None; 256]);
    if has_letters || base.is_some() {
        let base = base.unwrap_or(Base::Windows);
        for (code, char) in (0..=255).zip(chars.iter_mut()) {
            *char = base.char_of(code);
        }
    }
    if let Some(differences) = differences {
        read_differences(&differences, &mut chars);
    }
    Font {
        kind: Kind::Simple(chars),
        to_unicode: None,
        widths: Widths::of_simple(dict, name),
        name: String::new(),
        vertical: false,
    }
}

/// `[39 /quotesingle 96 /grave /a]`: a code, then the names of the glyphs from it on.
fn read_differences(differences: &Array<'_>, chars: &mut [Option<char>; 256]) {
    let mut code = 0_usize;
    for item in differences.iter::<Object<'_>>() {
        match item {
            Object::Number(number) => code = usize::try_from(number.as_i64()).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(char) = chars.get_mut(code) {
                    *char = char_of_name(name.as_str());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
}

/// A font with a number that fonts of the same name share.
pub(super) type NumberedFont = (Rc<Font>, u16);

/// The fonts of a file, each read once.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    /// By the place of the dictionary in memory, which stays where it is while the file is read.
    read: BTreeMap<(usize, usize), Option<NumberedFont>>,
    names: Vec<String>,
}

impl Fonts {
    /// The font of a dictionary; none where it can't be used.
    ///
    /// # Errors
    /// Where its tables are too large.
    pub(super) fn of(&mut self, dict: &Dict<'_>, budget: &mut Budget) -> Result<Option<NumberedFont>, Failure> {
        let key = (dict.data().as_ptr() as usize, dict.data().len());
        if let Some(found) = self.read.get(&key) {
            return Ok(found.clone());
        }
        let font = Font::read(dict, budget)?.map(|font| {
            let number = self.number(&font.name);
            (Rc::new(font), number)
        });
        self.read.insert(key, font.clone());
        Ok(font)
    }

    fn number(&mut self, name: &str) -> u16 {
        let number = self.names.iter().position(|known| known == name).unwrap_or_else(|| {
            // Beyond a few hundred names it no longer matters which is which.
            if self.names.len() < 500 {
                self.names.push(name.to_owned());
            }
            self.names.len() - 1
        });
        u16::try_from(number).unwrap_or(u16::MAX)
    }
}
