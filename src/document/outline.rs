//! Which lines are headings, of which level, and which inline marks are items.
