//! Standings as JSON, as `docs/ranking.md` describes it.

use super::table::{bounds, marks};
use super::{baseline, style};
use crate::battles::{ClusterBy, Ranking, Request};
use crate::stats::battles::standings::{Island, LEVEL, Standing};
use crate::stats::battles::{Counts, Prior};
use serde_json::{Value, json};

pub fn document(ranking: &Ranking, request: Request) -> Value {
    let seen = ranking.seen;
    json!({
        "battles": {
            "read": seen.battles,
            "counted": ranking.cells.battles(),
            "against_itself": seen.against_itself,
            "unreadable": ranking.unreadable,
            "not_known_to_be_anonymous": seen.not_known_to_be_anonymous,
            "named": seen.named,
            "weighted": seen.weighted,
            "repeated": seen.repeated,
            "items_compared": ranking.compared.items,
            "direction_assumed": ranking.compared.direction_assumed,
            "summaries": ranking.compared.summaries,
        },
        "method": method(ranking, request),
        "position_bias": ranking.standings.position_bias.map(|bias| {
            json!({ "elo": bias.elo, "standard_error": bias.standard_error })
        }),
        "against_baseline": ranking.against_baseline.iter().map(baseline::document).collect::<Vec<_>>(),
        "style": style::document(ranking),
        "groups": ranking.standings.islands.iter().map(|island| group(ranking, island)).collect::<Vec<_>>(),
        "pairs": ranking.cells.meetings().iter().map(|meeting| {
            let (a, b) = (&*ranking.models[meeting.first()], &*ranking.models[meeting.second()]);
            let Counts { first, second, tie, both_bad } = meeting.counts();
            json!({ "a": a, "b": b, "a_wins": first, "b_wins": second, "ties": tie, "both_bad": both_bad })
        }).collect::<Vec<_>>(),
    })
}

fn method(ranking: &Ranking, request: Request) -> Value {
    json!({
        "model": "Bradley-Terry",
        "scale": "Elo",
        "ties": "half a win each",
        "level": LEVEL.get(),
        "intervals": if request.bootstrap.is_some() { "bootstrap" } else { "sandwich" },
        "bootstrap": request.bootstrap.map(|rounds| json!({ "rounds": rounds.rounds, "seed": rounds.seed })),
        "clusters": ranking.clusters.map(|clusters| json!({
            "by": match clusters.by {
                ClusterBy::Question => "question",
                ClusterBy::Judge => "judge",
            },
            "count": clusters.count,
            "battles_without": clusters.without,
            "of_necessity": clusters.of_necessity,
        })),
        "ranks": "z tests of differences, Holm over all pairs",
        "only_anonymous": request.only_anonymous,
    })
}

fn group(ranking: &Ranking, island: &Island) -> Value {
    let (anchor, prior) = match island.prior {
        Prior::None => ("mean 1000", None),
        Prior::Phantom(draws) => ("phantom 1000", Some(draws)),
    };
    json!({
        "anchor": anchor,
        "phantom_draws": prior,
        "classes": island.classes,
        "battles": island.battles,
        "degenerate_rounds": island.degenerate_rounds,
        "lead": island.lead.map(|lead| json!({ "gap": lead.gap, "standard_error": lead.standard_error, "p": lead.p })),
        "models": island.rows.iter().map(|row| standing(ranking, row)).collect::<Vec<_>>(),
    })
}

fn standing(ranking: &Ranking, row: &Standing) -> Value {
    let (lower, upper) = bounds(row.interval);
    let Counts { first, second, tie, both_bad } = row.score.counts;
    json!({
        "model": &*ranking.models[row.model],
        "place": row.place,
        "ranks": [row.ranks.0, row.ranks.1],
        "rating": row.rating,
        "lower": lower,
        "upper": upper,
        "standard_error": row.standard_error,
        "battles": row.score.counts.total(),
        "wins": first,
        "losses": second,
        "ties": tie,
        "both_bad": both_bad,
        "win_rate": row.score.win_rate,
        "average_win_rate": row.score.average_win_rate,
        "opponents": row.score.opponents,
        "notes": marks(row.marks),
    })
}
