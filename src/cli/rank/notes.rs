//! What a list of standings rests on, in sentences.

use super::table::{grouped, rounded};
use super::{baseline, style};
use crate::battles::{ClusterBy, Ranking, Request};
use crate::stats::battles::Prior;
use crate::stats::battles::standings::{FEW_BATTLES, Island, Rounds};
use crate::stats::error::FEW_CLUSTERS;

/// A heading for each island, where there are several.
pub fn headings(ranking: &Ranking) -> Vec<Option<String>> {
    let islands = &ranking.standings.islands;
    let heading = |(number, island): (usize, &Island)| {
        let (models, battles) = (grouped(island.rows.len() as u64), grouped(island.battles));
        (islands.len() > 1)
            .then(|| format!("Group {} of {}: {models} models, {battles} battles", number + 1, islands.len()))
    };
    islands.iter().enumerate().map(heading).collect()
}

pub fn notes(ranking: &Ranking, request: Request) -> Vec<String> {
    let mut notes = vec![counted(ranking)];
    notes.extend(left_out(ranking, request));
    notes.extend(sources(ranking));
    notes.push(model(ranking));
    notes.extend(islands(ranking));
    notes.push(intervals(ranking, request));
    notes.push(
        "Ranks: those that differences of ratings do not rule out at 5% (z tests, Holm over all pairs). Arena: 1 + models whose \
         interval lies above."
            .to_owned(),
    );
    notes.extend(lead(ranking));
    notes.extend(position(ranking));
    notes.extend(warnings(ranking));
    notes.extend(baseline::notes(ranking));
    notes.extend(style::notes(ranking));
    notes
}

fn counted(ranking: &Ranking) -> String {
    let totals = ranking.cells.cells().iter().fold([0; 3], |[all, tie, bad], cell| {
        [all + cell.counts.total(), tie + cell.counts.tie, bad + cell.counts.both_bad]
    });
    let [all, tie, bad] = totals.map(grouped);
    let models = grouped(ranking.models.len() as u64);
    format!("{all} battles of {models} models, {tie} ties and {bad} in which both were bad.")
}

fn left_out(ranking: &Ranking, request: Request) -> Option<String> {
    let seen = ranking.seen;
    let shown = if request.only_anonymous { seen.not_known_to_be_anonymous } else { 0 };
    let parts = [
        (seen.against_itself, "of a model against itself"),
        (shown, "that are not known to be anonymous (--anonymous)"),
        (ranking.unreadable, "that cannot be read"),
    ];
    let parts: Vec<String> = (parts.into_iter().filter(|(count, _)| *count > 0))
        .map(|(count, what)| format!("{} {what}", grouped(count)))
        .collect();
    (!parts.is_empty()).then(|| format!("Left out: {}.", parts.join(", ")))
}

/// What was made of files that do not hold single battles.
fn sources(ranking: &Ranking) -> Vec<String> {
    let compared = ranking.compared;
    let mut notes = Vec::new();
    if compared.items > 0 {
        let assumed = if compared.direction_assumed { "; that higher is better is assumed" } else { "" };
        notes.push(format!("Scores of {} items were compared in pairs{assumed}.", grouped(compared.items)));
    }
    if compared.summaries > 0 {
        notes.push(format!("{} rows are counts against a baseline without a name.", grouped(compared.summaries)));
    }
    notes
}

fn model(ranking: &Ranking) -> String {
    let priors: Vec<Prior> = ranking.standings.islands.iter().map(|island| island.prior).collect();
    let anchor = match priors.iter().find(|prior| **prior != Prior::None) {
        None => "mean 1000".to_owned(),
        Some(Prior::Phantom(draws)) if !priors.contains(&Prior::None) => {
            format!("every model also draws {draws}× against a phantom rated 1000, for no finite maximum exists")
        }
        Some(_) => {
            "mean 1000, or with a draw of every model against a phantom rated 1000 where no finite maximum exists"
                .to_owned()
        }
    };
    format!("Ratings: Bradley-Terry on the Elo scale, {anchor}; a draw of either kind is half a win for each.")
}

fn islands(ranking: &Ranking) -> Vec<String> {
    let standings = &ranking.standings;
    let mut notes = Vec::new();
    if standings.islands.len() > 1 {
        notes.push("No battles connect the groups: ratings of different groups cannot be compared.".to_owned());
    }
    let marked = || standings.islands.iter().flat_map(|island| &island.rows).map(|row| row.marks);
    if marked().any(|marks| marks.beyond) {
        notes.push(
            "Never lost, never won, held by the prior: how far such a model is from the others comes from the prior; the bound from \
             the battles."
                .to_owned(),
        );
    }
    if marked().any(|marks| marks.few_battles) {
        notes.push(format!("Few battles: fewer than {FEW_BATTLES}; the interval is preliminary."));
    }
    notes
}

fn intervals(ranking: &Ranking, request: Request) -> String {
    if let Some(rounds) = request.bootstrap {
        let degenerate: usize = ranking.standings.islands.iter().filter_map(|island| island.degenerate_rounds).sum();
        let left_out = if degenerate > 0 { " and are left out (above 1% there is no interval)" } else { "" };
        let narrow =
            if ranking.clusters.is_some() { "; battles that depend on each other make them too narrow" } else { "" };
        let Rounds { rounds, seed } = rounds;
        return format!(
            "Intervals: percentiles of {rounds} resamplings of single battles, seed {seed}; {degenerate} of them had no finite \
             maximum{left_out}{narrow}."
        );
    }
    let Some(clusters) = ranking.clusters else {
        return "Intervals: sandwich, every battle independent of the others.".to_owned();
    };
    let by = match clusters.by {
        ClusterBy::Question => "questions",
        ClusterBy::Judge => "judges",
    };
    let mut note = format!("Intervals: sandwich, clustered by {} {by}", grouped(clusters.count as u64));
    if clusters.of_necessity {
        note += ", because battles that count more than once, and scores of items, depend on each other";
    }
    if clusters.without > 0 {
        note += &format!("; {} battles name none and stand for themselves", grouped(clusters.without));
    }
    if clusters.count < FEW_CLUSTERS {
        note += &format!("; fewer than {FEW_CLUSTERS} are not to be trusted");
    }
    note + "."
}

fn lead(ranking: &Ranking) -> Option<String> {
    let lead = ranking.standings.islands.first()?.lead.filter(|lead| lead.standard_error > 0.0)?;
    Some(format!(
        "First place: {:.1} above the second (standard error {:.1}, {}).",
        lead.gap,
        lead.standard_error,
        probability(lead.p)
    ))
}

fn probability(p: f64) -> String {
    if p < 0.001 { "p below 0.001".to_owned() } else { format!("p = {p:.3}") }
}

fn position(ranking: &Ranking) -> Option<String> {
    let bias = ranking.standings.position_bias?;
    let (elo, error) = (rounded(bias.elo, 0), rounded(1.96 * bias.standard_error, 0));
    Some(format!("Standing first is worth {elo} ± {error} Elo; ratings do not correct for it."))
}

fn warnings(ranking: &Ranking) -> Vec<String> {
    let seen = ranking.seen;
    let mut notes = Vec::new();
    if let Some(repeated) = seen.repeated.filter(|repeated| *repeated > 0 && ranking.clusters.is_none()) {
        notes.push(format!(
            "{} battles repeat the question, judge and models of another: intervals are too narrow without --cluster question.",
            grouped(repeated)
        ));
    }
    if seen.named > 0 {
        notes.push(format!("{} battles were not anonymous; --anonymous leaves them out.", grouped(seen.named)));
    }
    if seen.weighted > 0 {
        notes.push(format!("{} verdicts count more than once, as their format has it.", grouped(seen.weighted)));
    }
    notes
}
