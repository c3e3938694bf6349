//! Files that other programs wrote: nothing in them is made to fit.
