//! The relation of a `figures` rule: `rate = solved / cases`, `held <= staff`, `total = a + b`.

/// How the two sides compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<=`
    AtMost,
    /// `<`
    Less,
}

/// A quantity by its place in the pack, or a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Term {
    /// A quantity.
    Quantity(usize),
    /// A number.
    Number(f64),
}

/// One side: signed terms, divided by a term or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The terms, each with its sign.
    pub sum: Vec<(f64, Term)>,
    /// What the sum is divided by.
    pub divisor: Option<Term>,
}

/// A relation.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The left side.
    pub left: Side,
    /// How they compare.
    pub comparison: Comparison,
    /// The right side.
    pub right: Side,
}

impl Relation {
    /// Parses a relation; `quantity` finds a quantity by its id.
    ///
    /// # Errors
    /// In Chinese, what is wrong, and the bytes of the text that are meant.
    pub(super) fn parse(
        text: &str,
        quantity: &dyn Fn(&str) -> Option<usize>,
    ) -> Result<Self, (std::ops::Range<usize>, String)> {
        let sign = ["<=", "<", "="].iter().find_map(|sign| text.find(sign).map(|at| (at, *sign)));
        let Some((at, sign)) = sign else {
            return Err((0..text.len(), "关系式里要有 =、<= 或 <".to_owned()));
        };
        let comparison = match sign {
            "<=" => Comparison::AtMost,
            "<" => Comparison::Less,
            _ => Comparison::Equal,
        };
        let behind = at + sign.len();
        let left = side(text.get(..at).unwrap_or_default(), 0, quantity)?;
        let right = side(text.get(behind..).unwrap_or_default(), behind, quantity)?;
        Ok(Self { left, comparison, right })
    }

    /// The quantities that it names, each once, in the order of writing.
    #[must_use]
    pub fn quantities(&self) -> Vec<usize> {
        let mut places = Vec::new();
        for side in [&self.left, &self.right] {
            for term in side.sum.iter().map(|(_, term)| term).chain(&side.divisor) {
                match term {
                    Term::Quantity(place) if !places.contains(place) => places.push(*place),
                    _ => {}
                }
            }
        }
        places
    }
}

impl Side {
    /// Its value; none where a quantity is unknown or the divisor is zero.
    #[must_use]
    pub fn value(&self, of: &dyn Fn(usize) -> Option<f64>) -> Option<f64> {
        let term = |term: Term| match term {
            Term::Quantity(place) => of(place),
            Term::Number(number) => Some(number),
        };
        let mut sum = 0.0;
        for (sign, part) in &self.sum {
            sum += sign * term(*part)?;
        }
        match self.divisor {
            None => Some(sum),
            Some(divisor) => term(divisor).filter(|divisor| *divisor != 0.0).map(|divisor| sum / divisor),
        }
    }
}

fn side(
    text: &str,
    offset: usize,
    quantity: &dyn Fn(&str) -> Option<usize>,
) -> Result<Side, (std::ops::Range<usize>, String)> {
    let mut parts = text.splitn(2, '/');
    let sum_text = parts.next().unwrap_or_default();
    let divisor = match parts.next() {
        Some(divisor) => Some(term(divisor, offset + sum_text.len() + 1, quantity)?),
        None => None,
    };
    let mut sum = Vec::new();
    let mut start = 0;
    let mut sign = 1.0;
    // A hyphen inside an id is no minus: a minus stands between blanks.
    for (at, piece) in
        sum_text.match_indices(" + ").chain(sum_text.match_indices(" - ")).collect::<std::collections::BTreeMap<_, _>>()
    {
        sum.push((sign, term(sum_text.get(start..at).unwrap_or_default(), offset + start, quantity)?));
        sign = if piece == " - " { -1.0 } else { 1.0 };
        start = at + piece.len();
    }
    sum.push((sign, term(sum_text.get(start..).unwrap_or_default(), offset + start, quantity)?));
    Ok(Side { sum, divisor })
}

fn term(
    text: &str,
    offset: usize,
    quantity: &dyn Fn(&str) -> Option<usize>,
) -> Result<Term, (std::ops::Range<usize>, String)> {
    let name = text.trim();
    let start = offset + text.len() - text.trim_start().len();
    let range = start..start + name.len();
    if name.is_empty() {
        return Err((range, "关系式里少了一个数量".to_owned()));
    }
    if let Ok(number) = name.parse::<f64>() {
        return Ok(Term::Number(number));
    }
    quantity(name).map(Term::Quantity).ok_or_else(|| (range, format!("没有“{name}”这个数量")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn quantity(name: &str) -> Option<usize> {
        ["solve-rate", "solved", "cases"].iter().position(|known| *known == name)
    }

    #[test]
    fn reads_and_values_a_fraction() {
        let relation = Relation::parse("solve-rate = solved / cases", &quantity).unwrap();
        assert_eq!(relation.quantities(), [0, 1, 2]);
        let value = |place: usize| Some([0.9, 9.0, 10.0][place]);
        assert_eq!(relation.right.value(&value), Some(0.9));
        assert_eq!(relation.right.value(&|_| Some(0.0)), None);
    }

    #[test]
    fn reads_sums_with_signs() {
        let relation = Relation::parse("cases = solved + 3 - solve-rate", &quantity).unwrap();
        assert_eq!(relation.right.value(&|_| Some(2.0)), Some(3.0));
    }

    #[test]
    fn faults_name_their_place() {
        let fault = Relation::parse("solved <= case", &quantity).unwrap_err();
        assert_eq!(fault, (10..14, "没有“case”这个数量".to_owned()));
        assert!(Relation::parse("solved", &quantity).is_err());
        assert!(Relation::parse("solved = ", &quantity).is_err());
    }
}
