//! The shapes in which the leaderboard's table is found: which key or column says what.

use crate::record::Unit;

pub struct Layout {
    /// The keys by which it is recognised.
    pub marks: &'static [&'static str],
    /// The last column of a CSV, where further ones would be of another table that was joined to it.
    pub last: Option<&'static str>,
    /// In the order of preference.
    pub model: &'static [&'static str],
    pub revision: &'static str,
    pub precision: &'static str,
    pub chat_template: &'static str,
    pub flagged: &'static str,
    pub scores: &'static [Score],
}

pub struct Score {
    pub key: &'static str,
    pub benchmark: &'static str,
    /// Empty when the table names none.
    pub metric: &'static str,
    pub unit: Unit,
    /// As far as the column's heading says.
    pub shots: Option<&'static str>,
    pub aggregate: bool,
}

/// A score in percent without a metric's name, as version 1 shows.
const fn plain(key: &'static str, benchmark: &'static str, shots: Option<&'static str>) -> Score {
    Score { key, benchmark, metric: "", unit: Unit::Percent, shots, aggregate: false }
}

/// A share of right answers as measured.
const fn raw(key: &'static str, benchmark: &'static str) -> Score {
    Score { key, benchmark, metric: "raw", unit: Unit::Fraction, shots: None, aggregate: false }
}

/// The score from 0 for guessing to 100.
const fn normalised(key: &'static str, benchmark: &'static str) -> Score {
    Score { key, benchmark, metric: "normalised", unit: Unit::Percent, shots: None, aggregate: false }
}

/// The mean over the benchmarks of the row.
const fn average(key: &'static str, metric: &'static str) -> Score {
    Score { key, benchmark: "Average", metric, unit: Unit::Percent, shots: None, aggregate: true }
}

/// Keys with `/` lead into objects. Narrow shapes stand before wide ones.
pub const LAYOUTS: [Layout; 9] = [
    // Version 2: the answer of its API.
    Layout {
        marks: &["model/name", "evaluations/ifeval/value"],
        last: None,
        model: &["model/name"],
        revision: "model/sha",
        precision: "model/precision",
        chat_template: "model/has_chat_template",
        flagged: "features/is_flagged",
        scores: &[
            average("model/average_score", "normalised"),
            raw("evaluations/ifeval/value", "IFEval"),
            normalised("evaluations/ifeval/normalized_score", "IFEval"),
            raw("evaluations/bbh/value", "BBH"),
            normalised("evaluations/bbh/normalized_score", "BBH"),
            raw("evaluations/math/value", "MATH Lvl 5"),
            normalised("evaluations/math/normalized_score", "MATH Lvl 5"),
            raw("evaluations/gpqa/value", "GPQA"),
            normalised("evaluations/gpqa/normalized_score", "GPQA"),
            raw("evaluations/musr/value", "MUSR"),
            normalised("evaluations/musr/normalized_score", "MUSR"),
            raw("evaluations/mmlu_pro/value", "MMLU-PRO"),
            normalised("evaluations/mmlu_pro/normalized_score", "MMLU-PRO"),
        ],
    },
    // The same, flattened.
    Layout {
        marks: &["model_name", "evaluations_ifeval_value"],
        last: None,
        model: &["model_name"],
        revision: "model_sha",
        precision: "model_precision",
        chat_template: "model_has_chat_template",
        flagged: "features_is_flagged",
        scores: &[
            average("model_average_score", "normalised"),
            raw("evaluations_ifeval_value", "IFEval"),
            normalised("evaluations_ifeval_normalized_score", "IFEval"),
            raw("evaluations_bbh_value", "BBH"),
            normalised("evaluations_bbh_normalized_score", "BBH"),
            raw("evaluations_math_value", "MATH Lvl 5"),
            normalised("evaluations_math_normalized_score", "MATH Lvl 5"),
            raw("evaluations_gpqa_value", "GPQA"),
            normalised("evaluations_gpqa_normalized_score", "GPQA"),
            raw("evaluations_musr_value", "MUSR"),
            normalised("evaluations_musr_normalized_score", "MUSR"),
            raw("evaluations_mmlu_pro_value", "MMLU-PRO"),
            normalised("evaluations_mmlu_pro_normalized_score", "MMLU-PRO"),
        ],
    },
    // Version 2: the data set "contents".
    Layout {
        marks: &["IFEval Raw", "MMLU-PRO Raw"],
        last: None,
        model: &["fullname", "Model"],
        revision: "Model sha",
        precision: "Precision",
        chat_template: "Chat Template",
        flagged: "Flagged",
        scores: &[
            average("Average ⬆️", "normalised"),
            raw("IFEval Raw", "IFEval"),
            normalised("IFEval", "IFEval"),
            raw("BBH Raw", "BBH"),
            normalised("BBH", "BBH"),
            raw("MATH Lvl 5 Raw", "MATH Lvl 5"),
            normalised("MATH Lvl 5", "MATH Lvl 5"),
            raw("GPQA Raw", "GPQA"),
            normalised("GPQA", "GPQA"),
            raw("MUSR Raw", "MUSR"),
            normalised("MUSR", "MUSR"),
            raw("MMLU-PRO Raw", "MMLU-PRO"),
            normalised("MMLU-PRO", "MMLU-PRO"),
        ],
    },
    // Version 2: a mirror.
    Layout {
        marks: &["model", "ifeval_raw", "mmlupro_raw"],
        last: None,
        model: &["fullname", "model"],
        revision: "model_sha",
        precision: "precision",
        chat_template: "chat_template",
        flagged: "flagged",
        scores: &[
            average("average", "normalised"),
            raw("ifeval_raw", "IFEval"),
            normalised("ifeval", "IFEval"),
            raw("bbh_raw", "BBH"),
            normalised("bbh", "BBH"),
            raw("math_lvl_5_raw", "MATH Lvl 5"),
            normalised("math_lvl_5", "MATH Lvl 5"),
            raw("gpqa_raw", "GPQA"),
            normalised("gpqa", "GPQA"),
            raw("musr_raw", "MUSR"),
            normalised("musr", "MUSR"),
            raw("mmlupro_raw", "MMLU-PRO"),
            normalised("mmlupro", "MMLU-PRO"),
        ],
    },
    // Version 2: copied from the page, raw scores beside the mean of normalised ones.
    Layout {
        marks: &["Model", "IFEval", "MNLU-Pro", "Flag Status"],
        last: Some("Flag Status"),
        model: &["Model"],
        revision: "Model sha",
        precision: "Precision",
        chat_template: "Chat Template",
        flagged: "Flag Status",
        scores: &[
            average("Average", "normalised"),
            raw("IFEval", "IFEval"),
            raw("BBH", "BBH"),
            raw("MATH", "MATH Lvl 5"),
            raw("GPQA", "GPQA"),
            raw("MUSR", "MUSR"),
            raw("MNLU-Pro", "MMLU-PRO"),
        ],
    },
    // Version 1: records.
    Layout {
        marks: &["Model", "Average ⬆️", "ARC", "TruthfulQA"],
        last: None,
        model: &["fullname", "Model"],
        revision: "Model sha",
        precision: "Precision",
        chat_template: "",
        flagged: "Flagged",
        scores: &[
            average("Average ⬆️", ""),
            plain("ARC", "ARC", None),
            plain("HellaSwag", "HellaSwag", None),
            plain("MMLU", "MMLU", None),
            plain("TruthfulQA", "TruthfulQA", None),
            plain("Winogrande", "Winogrande", None),
            plain("GSM8K", "GSM8K", None),
            plain("DROP", "DROP", None),
        ],
    },
    // Version 1: a mirror of the later table.
    Layout {
        marks: &["model", "arc", "hellaswag", "truthfulqa", "model_sha"],
        last: None,
        model: &["fullname", "model"],
        revision: "model_sha",
        precision: "precision",
        chat_template: "",
        flagged: "flagged",
        scores: &[
            average("average", ""),
            plain("arc", "ARC", None),
            plain("hellaswag", "HellaSwag", None),
            plain("mmlu", "MMLU", None),
            plain("truthfulqa", "TruthfulQA", None),
            plain("winogrande", "Winogrande", None),
            plain("gsm8k", "GSM8K", None),
        ],
    },
    // Version 1: mirrors of 2023. `Parameters` is a number scaled to 0–100 and no size.
    Layout {
        marks: &["Model", "ARC (25-shot)", "TruthfulQA (0-shot)"],
        last: None,
        model: &["Model"],
        revision: "",
        precision: "",
        chat_template: "",
        flagged: "",
        scores: &[
            average("Average", ""),
            plain("ARC (25-shot)", "ARC", Some("25")),
            plain("HellaSwag (10-shot)", "HellaSwag", Some("10")),
            plain("MMLU (5-shot)", "MMLU", Some("5")),
            plain("TruthfulQA (0-shot)", "TruthfulQA", Some("0")),
        ],
    },
    Layout {
        marks: &["Model", "ARC(25-shot)", "TruthfulQA(0-shot)"],
        last: None,
        model: &["Model"],
        revision: "",
        precision: "",
        chat_template: "",
        flagged: "",
        scores: &[
            average("Average", ""),
            plain("ARC(25-shot)", "ARC", Some("25")),
            plain("HellaSwag(10-shot)", "HellaSwag", Some("10")),
            plain("MMLU(5-shot)", "MMLU", Some("5")),
            plain("TruthfulQA(0-shot)", "TruthfulQA", Some("0")),
        ],
    },
];

/// Version 1: rows `[model, revision, average, ARC, HellaSwag, MMLU, TruthfulQA]`; keys are positions.
pub const WITH_REVISION: Layout = Layout {
    marks: &[],
    last: None,
    model: &["0"],
    revision: "1",
    precision: "",
    chat_template: "",
    flagged: "",
    scores: &[
        average("2", ""),
        plain("3", "ARC", None),
        plain("4", "HellaSwag", None),
        plain("5", "MMLU", None),
        plain("6", "TruthfulQA", None),
    ],
};

/// The same without a revision.
pub const WITHOUT_REVISION: Layout = Layout {
    marks: &[],
    last: None,
    model: &["0"],
    revision: "",
    precision: "",
    chat_template: "",
    flagged: "",
    scores: &[
        average("1", ""),
        plain("2", "ARC", None),
        plain("3", "HellaSwag", None),
        plain("4", "MMLU", None),
        plain("5", "TruthfulQA", None),
    ],
};
