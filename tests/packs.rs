//! Packs on disk: broken ones say what is wrong, each with a snapshot of what the rule keeper reads; good ones load.
//!
//! A broken pack is a file in `packs/broken`, or a folder whose files are one pack, or a folder with `top` and the
//! packs that it extends beside it. Packs in `packs/known` may be extended by all.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use hegui::pack::{self, PackError, PackFile, Resolved, Touch};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/packs")
}

/// The YAML files below `path`, named from the folder `from`.
fn read(path: &Path, from: &Path) -> Vec<PackFile> {
    let mut open = vec![path.to_owned()];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            let name = path.strip_prefix(from).unwrap().to_str().unwrap().replace('\\', "/");
            files.push(PackFile::decode(&name, &fs::read(path).unwrap()));
        }
    }
    files
}

/// Loads the pack at `path`; packs beside its folder `top`, or in `known`, may be extended.
fn load(path: &Path) -> Result<Resolved, PackError> {
    let layered = path.join("top").is_dir();
    let top = if layered { path.join("top") } else { path.to_owned() };
    let from = if layered { path } else { path.parent().unwrap() };
    let known = |name: &str| {
        let beside = path.join(name);
        if layered && beside.is_dir() {
            return Some(read(&beside, path));
        }
        let shared = folder().join("known").join(name);
        shared.is_dir().then(|| read(&shared, &folder()))
    };
    pack::load(&read(&top, from), &known)
}

fn cases(name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder().join(name)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_broken_pack_says_what_is_wrong_and_where() {
    let paths = cases("broken");
    assert!(paths.len() >= 40, "only {} broken packs", paths.len());
    let mut failed = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let error = load(&path).expect_err(&name);
            let text = error.render(100, false);
            let english = |line: &str| line.trim_start().starts_with("help") || line.contains("Error");
            assert!(!text.lines().any(english), "{text}");
            insta::with_settings!({ snapshot_path => "packs/snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(name.clone(), text);
            });
        }));
        if outcome.is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
    let names: Vec<_> = cases("broken").iter().map(|path| path.file_stem().unwrap().to_owned()).collect();
    let orphans = cases("snapshots").into_iter().filter(|path| !names.contains(&path.file_stem().unwrap().to_owned()));
    let is_snapshot = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "snap");
    let orphans: Vec<_> = orphans.filter(|path| is_snapshot(path) && !path.ends_with("good-examples.snap")).collect();
    assert!(orphans.is_empty(), "no pack for {orphans:?}");
}

fn good(name: &str) -> Result<Resolved, PackError> {
    let files = |name: &str| {
        let path = folder().join("good").join(name);
        path.is_dir().then(|| read(&path, &folder().join("good")))
    };
    pack::load(&files(name).unwrap(), &files)
}

#[test]
fn a_good_pack_loads_as_it_is_written() {
    let roads = good("roads").unwrap_or_else(|error| panic!("{}", error.render(100, false)));
    let def = &roads.def;
    assert_eq!(def.classes["热线"], ["12345", "12348", "110.0"]);
    assert_eq!(def.classes["no"], ["on", "off", "yes", "12:30"]);
    assert_eq!(def.classes["123"], ["一二三"]);
    assert_eq!(def.sections["work"].headings, ["工作情况", "（一）: 工作"]);
    let ids: Vec<&str> = def.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["headings", "citations", "sums", "road-repair", "terms"]);
    let rule = &def.rules[3];
    assert_eq!(rule.when.year.as_deref(), Some("2019"));
    assert_eq!(rule.messages.missing.as_deref(), Some("没有报告 道路维修情况"));
    assert_eq!(rule.help.as_deref(), Some("写明：\n  条数、公里数。\n"));
    assert_eq!(def.laws[0].from.as_deref(), Some("2020"));
    insta::with_settings!({ snapshot_path => "packs/snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_debug_snapshot!("good-examples", (&rule.examples, &def.rules[4].forbid));
    });
}

#[test]
fn a_layer_changes_the_pack_below_and_says_who_did_what() {
    let county = good("county").unwrap_or_else(|error| panic!("{}", error.render(100, false)));
    let def = &county.def;
    assert_eq!(def.classes["人员"], ["组长", "队员", "会计", "司机"]);
    assert_eq!(def.cues.future, ["下一步", "明年", "后年"]);
    assert_eq!(def.concepts["road-repair"].mention, ["修路", "道路(维/整)修", "铺路"]);
    assert_eq!(def.lexicon.levels["街道"], "街道");
    assert_eq!(def.pack.as_ref().unwrap().titles, ["道路工作报告", "公路…报告"]);
    assert_eq!(def.off["terms"], "本县另有用语要求");
    let rule = def.rules.iter().find(|rule| rule.id == "road-repair").unwrap();
    assert_eq!(rule.messages.missing.as_deref(), Some("本县要求报告道路维修"));
    assert_eq!(rule.messages.partial.as_deref(), Some("只提到道路维修"));
    // What the county's notice raises rests on the notice.
    let raised = rule.basis.last().unwrap();
    assert_eq!((raised.title.as_str(), raised.document.as_deref()), ("某县道路要求", Some("某县办〔2026〕3号")));
    assert!(def.change.is_empty() && def.add.is_empty());
    assert_eq!(county.stamp.layers, ["roads 2026.1.0"]);
    assert_eq!((county.stamp.name.as_str(), county.stamp.version.as_str()), ("county", "2026.3.1"));

    let origin = county.provenance.of("rules", "road-repair").unwrap();
    assert_eq!((origin.file.as_str(), origin.line), ("roads/rules/roads.yaml", Some(2)));
    let edit = &origin.edits[0];
    assert_eq!((edit.layer.as_str(), edit.line, edit.touch), ("county 2026.3.1", Some(13), Touch::Changed));
    assert_eq!(edit.keys, ["severity", "messages.missing"]);
    assert_eq!(edit.because.as_deref(), Some("某县办〔2026〕3号"));
    let off = &county.provenance.of("rules", "terms").unwrap().edits[0];
    assert_eq!((off.touch, off.because.as_deref()), (Touch::SwitchedOff, Some("本县另有用语要求")));
    let concept = county.provenance.of("concepts", "road-repair").unwrap();
    assert_eq!(
        (concept.edits[0].touch, concept.edits[0].keys.clone()),
        (Touch::Extended, vec!["mention".into(), "units".into()])
    );
    let own = county.provenance.of("rules", "lamp-repair").unwrap();
    assert_eq!((own.file.as_str(), own.line, own.edits.len()), ("county/pack.yaml", Some(20), 0));
}

#[test]
fn the_hash_follows_the_content_and_nothing_else() {
    let from = folder().join("good");
    let files = read(&from.join("roads"), &from);
    let hash = |files: &[PackFile]| pack::load(files, &|_| None).unwrap().stamp.hash;
    let before = hash(&files);
    assert_eq!(before.len(), 64);
    let mut reversed = files.clone();
    reversed.reverse();
    assert_eq!(hash(&reversed), before);
    let mut spaced = files.clone();
    spaced.iter_mut().for_each(|file| file.text.push_str("\n# 备注\n"));
    assert_eq!(hash(&spaced), before);
    let mut changed = files;
    changed.iter_mut().for_each(|file| file.text = file.text.replace("修桥", "架设"));
    assert_ne!(hash(&changed), before);
    assert_ne!(good("county").unwrap().stamp.hash, before);
}

#[test]
fn nothing_that_is_cut_or_garbled_makes_loading_panic() {
    let from = folder().join("good");
    let files = read(&from.join("roads"), &from);
    for (index, file) in files.iter().enumerate() {
        let places: Vec<usize> = file.text.char_indices().map(|(at, _)| at).collect();
        for at in places.iter().step_by(41) {
            for garbage in
                ["", "\t", "'", "\"", "[", "}", ": ", "- ", "&a ", "*a", "!x ", "\u{3000}", "\n", "\u{0}", "|\n"]
            {
                let mut broken = files.clone();
                broken[index].text = match garbage {
                    "" => file.text[..*at].to_owned(),
                    _ => format!("{}{garbage}{}", &file.text[..*at], &file.text[*at..]),
                };
                if let Err(error) = pack::load(&broken, &|_| None) {
                    assert!(!error.faults.is_empty());
                    assert!(!error.render(60, true).is_empty() && !error.to_string().is_empty());
                }
            }
        }
    }
}

#[test]
fn monstrous_files_end_in_a_fault_soon() {
    let head = "pack: { name: demo, title: 示例, version: 2026.1.0 }\n";
    let nested = |open: &str, close: &str| format!("{head}classes: {}{}", open.repeat(100_000), close.repeat(100_000));
    let cases = [
        ("brackets", nested("[", "]")),
        ("braces", nested("{a: ", "}")),
        ("dashes", format!("{head}classes:\n  {}甲", "- ".repeat(100_000))),
        ("questions", format!("{head}classes:\n  {}甲", "? ".repeat(100_000))),
        ("indents", (0..2_000).fold(head.to_owned(), |text, depth| format!("{text}{}a:\n", " ".repeat(depth)))),
        ("nodes", format!("{head}classes: {{ 甲: [{}] }}", "乙, ".repeat(250_000))),
        ("bytes", format!("{head}# {}", "长".repeat(2_000_000))),
        ("duplicates", format!("{head}classes:\n{}", "  甲: []\n".repeat(50_000))),
        (
            "unknown keys",
            format!("{head}classes:\n{}", (0..20_000).map(|at| format!("  甲{at}: {at}\n")).collect::<String>()),
        ),
        ("one long key", format!("{head}{}: 1", "a".repeat(3_000_000))),
        ("one long line", format!("{head}off: {{ a: {} }}", "长".repeat(1_000_000))),
    ];
    for (name, text) in cases {
        let begun = std::time::Instant::now();
        let error = pack::load(&[PackFile { name: format!("{name}.yaml"), text }], &|_| None).expect_err(name);
        assert!(error.render(100, false).len() < 400_000, "{name}");
        assert!(begun.elapsed().as_secs() < 20, "{name}: {:?}", begun.elapsed());
    }
}

/// A pack of `count` rules with a concept, examples and a message each, as long as those of the built-in packs.
fn many_rules(count: usize) -> Vec<PackFile> {
    let mut text = "pack: { name: many, title: 许多规则, version: 2026.1.0 }\nconcepts:\n".to_owned();
    for at in 0..count {
        text += &format!(
            "  thing-{at}:\n    mention: [第{at}件事, 办(理/结)…第{at}件, 推进……第{at}件]\n    together: ['办理 & 第{at}件']\n    \
             except: [第{at}件事之外]\n    units: [件, 次, 人次]\n    acts: [成立第{at}件事专班]\n"
        );
    }
    text += "rules:\n";
    for at in 0..count {
        text += &format!(
            "  - id: thing-{at}\n    name: 第{at}件事\n    when: {{ year: '>=2019' }}\n    require: thing-{at}\n    severity: warning\n    \
             basis: [{{ document: 某发〔2020〕{at}号, title: 关于第{at}件事的通知, standing: required }}]\n    messages:\n      \
             missing: 没有报告第{at}件事的办理情况\n      partial: 只提到第{at}件事，没有写怎样办理\n    \
             help: 写明办理了多少件、由谁办理；没有的写明“0件”。\n    examples:\n      met: [全年办理第{at}件事⟦12件⟧，归档23份。]\n      \
             partial: [认真办理⟦第{at}件事⟧。]\n      missing: [全年办理别的事。, {{ in: plan, text: 下一步办理第{at}件事。 }}]\n"
        );
    }
    vec![PackFile { name: "many.yaml".into(), text }]
}

/// Run it by name, with `--ignored --nocapture`, and with `--release` for figures that count.
#[test]
#[ignore = "it measures"]
fn loading_many_rules_takes_little_time() {
    for count in [300, 2_000] {
        let files = many_rules(count);
        pack::load(&files, &|_| None).unwrap_or_else(|error| panic!("{}", error.render(100, false)));
        let begun = std::time::Instant::now();
        for _ in 0..5 {
            pack::load(&files, &|_| None).unwrap();
        }
        eprintln!("{count} rules, {} KB: {:?} each", files[0].text.len() / 1024, begun.elapsed() / 5);
    }
}
