//! What each block is for: title, addressee, imprint, leftover, text.
