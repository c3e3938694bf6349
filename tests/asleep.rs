//! The dictionary takes longer to load than everything else together: a clean report must not wake it.
//!
//! Alone in its file: whether it is loaded holds for the whole process.
#![allow(clippy::unwrap_used, missing_docs)]

use hegui::{Options, Packs, check, engine::is_dictionary_loaded};

#[test]
fn a_clean_report_does_not_wake_the_dictionary_and_a_slip_does() {
    let packs = Packs::builtin().unwrap();
    let reports = [
        "fazhi-township/tests/good-2024-town.txt",
        "fazhi-township/tests/good-2025-subdistrict.txt",
        "xxgk-annual/tests/good-2024-town.md",
    ];
    for name in reports {
        let bytes = std::fs::read(format!("rules/{name}")).unwrap();
        check(&bytes, name, &packs, &Options::default()).unwrap();
        assert!(!is_dictionary_loaded(), "{name}");
    }
    let slip = "青砚镇2023年法治政府建设年度报告\n切实增强强法治意识。\n";
    check(slip.as_bytes(), "报告.txt", &packs, &Options::default()).unwrap();
    assert!(is_dictionary_loaded());
}
