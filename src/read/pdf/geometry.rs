//! Points and maps of the plane, as far as placing glyphs needs them.

/// A map `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::read) struct Matrix(pub(in crate::read) [f64; 6]);

impl Matrix {
    /// The map that moves nothing.
    pub(in crate::read) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// A move by `(x, y)`.
    pub(in crate::read) const fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// The map that does `self` first, then `outer`.
    pub(in crate::read) fn then(self, outer: Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let (x, y) = outer.turn(a, b);
        let (u, v) = outer.turn(c, d);
        let (p, q) = outer.apply(e, f);
        Self([x, y, u, v, p, q])
    }

    /// Where the point `(x, y)` goes.
    pub(in crate::read) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let (turned_x, turned_y) = self.turn(x, y);
        (turned_x + self.0[4], turned_y + self.0[5])
    }

    /// Where the way from the origin to `(x, y)` points.
    pub(in crate::read) fn turn(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, ..] = self.0;
        (a * x + c * y, b * x + d * y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn does_the_inner_map_first() {
        let double = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        assert_eq!(Matrix::shift(1.0, 0.0).then(double).apply(1.0, 1.0), (4.0, 2.0));
        assert_eq!(double.then(Matrix::shift(1.0, 0.0)).apply(1.0, 1.0), (3.0, 2.0));
        assert_eq!(Matrix::IDENTITY.then(double), double);
    }
}
