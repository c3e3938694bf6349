//! Marked content: layers that are switched off, and what belongs to the page and not to the text.

use std::collections::BTreeSet;

use hayro_syntax::{
    object::{Array, Dict, MaybeRef, Name, ObjRef, Object},
    page::Resources,
    xref::XRef,
};

/// Marks inside each other go no deeper; more are not kept apart.
const DEEPEST: usize = 4_096;

/// What is said of the content from here to the end of the mark.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    /// Whether it stands on a layer that is switched off.
    pub(super) hidden: bool,
    /// Whether it belongs to the page.
    pub(super) artifact: bool,
}

/// The marks that are open, each with what those around it say.
#[derive(Debug, Default)]
pub(super) struct Marks {
    open: Vec<Mark>,
}

impl Marks {
    /// What is said of the content now.
    pub(super) fn now(&self) -> Mark {
        self.open.last().copied().unwrap_or_default()
    }

    /// A mark begins.
    pub(super) fn open(&mut self, tag: &Name<'_>, hidden: bool) {
        let outer = self.now();
        if self.open.len() < DEEPEST {
            let artifact = tag.as_ref() == b"Artifact";
            self.open.push(Mark { hidden: hidden || outer.hidden, artifact: artifact || outer.artifact });
        }
    }

    /// The last mark ends.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// How many are open.
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    /// Ends all but the first `count`.
    pub(super) fn close_to(&mut self, count: usize) {
        self.open.truncate(count);
    }
}

/// The layers of a file that are switched off.
#[derive(Debug)]
pub(super) struct Layers {
    off: BTreeSet<(u32, i32)>,
}

impl Layers {
    /// The layers that the file shows as switched off.
    pub(super) fn of(xref: &XRef) -> Self {
        let off = xref
            .get::<Dict<'_>>(xref.root_id())
            .and_then(|root| root.get::<Dict<'_>>("OCProperties"))
            .and_then(|layers| layers.get::<Dict<'_>>("D"))
            .and_then(|shown| shown.get::<Array<'_>>("OFF"));
        let reference = |layer| match layer {
            MaybeRef::Ref(reference) => Some(key(reference)),
            MaybeRef::NotRef(_) => None,
        };
        Self { off: off.map(|off| off.raw_iter().filter_map(reference).collect()).unwrap_or_default() }
    }

    /// Whether a mark with this tag and property stands on a layer that is switched off.
    pub(super) fn hide(&self, tag: &Name<'_>, property: &Object<'_>, resources: &Resources<'_>) -> bool {
        match property {
            Object::Name(name) if tag.as_ref() == b"OC" => self.is_off(resources.properties.get_ref(name)),
            _ => false,
        }
    }

    /// Whether a form is on a layer that is switched off.
    pub(super) fn hide_form(&self, form: &Dict<'_>) -> bool {
        self.is_off(form.get_ref("OC"))
    }

    fn is_off(&self, layer: Option<ObjRef>) -> bool {
        layer.is_some_and(|layer| self.off.contains(&key(layer)))
    }
}

fn key(reference: ObjRef) -> (u32, i32) {
    (reference.obj_number, reference.gen_number)
}
