//! Checks a file's tree against the schema of its kind: every problem with its place and kind. `explain` finds the words.
//!
//! It also settles what a number without quotes is: where the schema wants a text, it is one, as it was written.

use jsonschema::{
    ValidationError,
    error::{TypeKind, ValidationErrorKind},
    paths::LocationSegment,
};
use serde_json::Value;

use super::{
    explain,
    fault::Step,
    flaw::Flaw,
    punctuation,
    shape::Shape,
    tree::{Data, Tree},
};

/// How many problems of one file are looked at.
const MAX_PROBLEMS: usize = 400;

/// What checking gave.
pub(super) struct Checked {
    /// The data, with numbers turned into texts where the schema wants texts.
    pub value: Value,
    /// What is wrong, each with the path to it.
    pub flaws: Vec<(Flaw, Vec<Step>)>,
}

/// What kind of problem it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A key that the map may not have.
    Unknown(String),
    /// A key that the map must have.
    Missing(String),
    /// A value of another type than these.
    Type(Vec<String>),
    /// None of the values that may stand here.
    Choice,
    /// Too few or too many items.
    Count,
    /// Too small or too big a number.
    Range,
    /// A text of another form.
    Form,
}

/// A problem at a place of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// The way to the value.
    pub path: Vec<Step>,
    /// Where in the schema the unfulfilled demand stands.
    pub schema: String,
    /// What it is.
    pub kind: Kind,
}

/// Checks the tree of a file.
pub(super) fn check(tree: &Tree, shape: &'static Shape) -> Checked {
    let mut value = tree.to_json();
    let (mut problems, numbers) = problems(&value, tree, shape);
    if !numbers.is_empty() {
        // What a number turned text says may still be wrong; nothing else has changed.
        numbers.iter().for_each(|path| write_as_text(&mut value, tree, path));
        problems = self::problems(&value, tree, shape).0;
    }
    let mut flaws = explain::all(tree, shape, &problems);
    flaws.extend(punctuation::full_width(tree, shape));
    Checked { value, flaws }
}

/// The problems of `value`, and the paths of numbers that stand where a text may stand.
fn problems(value: &Value, tree: &Tree, shape: &Shape) -> (Vec<Problem>, Vec<Vec<Step>>) {
    let Some(validator) = &shape.validator else { return (Vec::new(), Vec::new()) };
    let mut problems = Vec::new();
    let mut numbers = Vec::new();
    for error in validator.iter_errors(value).take(MAX_PROBLEMS) {
        for problem in drill(&error) {
            let is_number = at_path(value, &problem.path).is_some_and(Value::is_number);
            let wants_text = matches!(&problem.kind, Kind::Type(wanted) if wanted.iter().any(|name| name == "string"));
            if is_number && wants_text {
                numbers.push(problem.path);
            } else if !is_accounted_for(tree, &problem) {
                problems.push(problem);
            }
        }
    }
    (problems, numbers)
}

/// Whether the problem only follows from something that was refused and has its flaw.
fn is_accounted_for(tree: &Tree, problem: &Problem) -> bool {
    let mut id = tree.root;
    for step in &problem.path {
        let Some(next) = tree.child(id, step) else { break };
        id = next;
    }
    let Some(node) = tree.node(id) else { return false };
    matches!(node.data, Data::Hole) || (node.partial && matches!(problem.kind, Kind::Missing(_)))
}

/// The problems that an error is about. One of a choice of forms is about the form that fits the value's type.
fn drill(error: &ValidationError<'_>) -> Vec<Problem> {
    let path = steps(error);
    let problem = |kind| vec![Problem { path: path.clone(), schema: error.schema_path().to_string(), kind }];
    match error.kind() {
        ValidationErrorKind::AnyOf { context } => {
            let forms: Vec<Vec<Problem>> =
                context.iter().map(|errors| errors.iter().flat_map(drill).collect()).collect();
            match forms.iter().position(|form| !form.iter().any(|problem| is_wrong_type(problem, &path))) {
                Some(fitting) => forms.into_iter().nth(fitting).unwrap_or_default(),
                None => problem(Kind::Type(wanted(&forms, &path))),
            }
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            unexpected.iter().flat_map(|key| problem(Kind::Unknown(key.clone()))).collect()
        }
        ValidationErrorKind::Required { property } => {
            problem(Kind::Missing(property.as_str().unwrap_or_default().to_owned()))
        }
        ValidationErrorKind::Type { kind: TypeKind::Single(name) } => problem(Kind::Type(vec![name.to_string()])),
        ValidationErrorKind::Type { kind: TypeKind::Multiple(names) } => {
            problem(Kind::Type(names.iter().map(|name| name.to_string()).collect()))
        }
        ValidationErrorKind::OneOfNotValid { .. } | ValidationErrorKind::Enum { .. } => problem(Kind::Choice),
        ValidationErrorKind::MinItems { .. } | ValidationErrorKind::MaxItems { .. } => problem(Kind::Count),
        ValidationErrorKind::Minimum { .. } | ValidationErrorKind::Maximum { .. } => problem(Kind::Range),
        _ => problem(Kind::Form),
    }
}

fn is_wrong_type(problem: &Problem, path: &[Step]) -> bool {
    problem.path == path && matches!(problem.kind, Kind::Type(_))
}

/// All types that the forms of a choice want at `path`.
fn wanted(forms: &[Vec<Problem>], path: &[Step]) -> Vec<String> {
    let mut names = Vec::new();
    for problem in forms.iter().flatten().filter(|problem| problem.path == path) {
        if let Kind::Type(more) = &problem.kind {
            names.extend(more.iter().filter(|name| *name != "null").cloned());
        }
    }
    names
}

/// The way to the value that an error is about.
fn steps(error: &ValidationError<'_>) -> Vec<Step> {
    let step = |segment: LocationSegment<'_>| match segment {
        LocationSegment::Property(key) => Step::Key(key.into_owned()),
        LocationSegment::Index(index) => Step::Index(index),
    };
    error.instance_path().segments().map(step).collect()
}

fn at_path<'a>(value: &'a Value, path: &[Step]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Index(index) => value.get(index),
    })
}

/// Puts the text of a number, as it stands in the file, in its place.
fn write_as_text(value: &mut Value, tree: &Tree, path: &[Step]) {
    let node = path.iter().try_fold(tree.root, |id, step| tree.child(id, step));
    let Some(scalar) = node.and_then(|id| tree.scalar(id)) else { return };
    let place = path.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    });
    if let Some(place) = place {
        *place = Value::String(scalar.text.clone());
    }
}
