//! The page of a model.

use super::claims::{self, Claims};
use super::compare;
use super::facts::{Fact, Facts};
use super::frame::Frame;
use super::lists::{ArticleItem, ModelItem, model_item};
use super::mentions::{Mentions, Subject};
use super::organisation;
use super::profile::{self, Place, Profile};
use super::records::Group;
use super::route::Route;
use super::{Here, Link};
use crate::catalog::ModelIx;
use crate::catalog::card::ModelCard;
use crate::ledger::EntryIx;
use crate::record;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A model's page. The records are drawn by the renderer; the rest is for the template.
#[derive(Debug, Serialize)]
pub struct ModelPage<'a> {
    #[serde(skip)]
    pub frame: Frame,
    pub name: String,
    pub id: String,
    pub organisation: Option<Link>,
    pub summary: Option<String>,
    pub facts: Vec<Fact>,
    /// Other spellings that lead here.
    pub aliases: Vec<String>,
    /// There is a card; without one the model is known only from records.
    pub has_card: bool,
    /// Other models of the family.
    pub relatives: Vec<ModelItem>,
    /// Where it is compared with some of these.
    pub compare: Option<String>,
    /// What its records say of its variants, when they tell several apart.
    pub variants: Vec<Variant>,
    /// Articles that link to the page.
    pub mentions: Vec<ArticleItem>,
    #[serde(skip)]
    pub claims: Option<Claims<'a>>,
    pub record_count: usize,
    #[serde(skip)]
    pub places: Vec<Place>,
    #[serde(skip)]
    pub profiles: Vec<Profile<'a>>,
    /// Boards whose profiles are left out.
    pub more_profiles: usize,
    #[serde(skip)]
    pub records: &'a [Group<'a>],
}

/// A variant of a model, as records name it.
#[derive(Debug, Serialize)]
pub struct Variant {
    /// None for records that say nothing of it.
    pub parts: Vec<VariantPart>,
    pub records: usize,
}

#[derive(Debug, Serialize)]
pub struct VariantPart {
    /// The name of an interface string.
    pub key: String,
    pub value: String,
}

/// The value of a model's page; `records` are those of [`super::records::of_model`].
pub fn model<'a>(here: &Here<'a>, index: ModelIx, records: &'a [Group<'a>], mentions: &Mentions) -> ModelPage<'a> {
    let site = here.site;
    let model = site.catalog.model(index);
    let card = model.card.as_ref().map(|(_, card)| card);
    let summary = card.and_then(|card| card.summary.as_ref()).map(|summary| here.text(summary).to_owned());
    let relatives = relatives(here, index);
    let (profiles, more_profiles) = profile::profiles(here, index);
    ModelPage {
        frame: here.frame(
            &Route::Model(model.id.clone()),
            "model",
            &model.name,
            summary.as_deref().unwrap_or(&model.name),
        ),
        name: model.name.to_string(),
        id: model.id.to_string(),
        organisation: model.organisation.as_ref().and_then(|id| organisation::link(here, id)),
        summary,
        facts: card.map_or_else(Vec::new, |card| facts(here, card)),
        aliases: card.map_or_else(Vec::new, |card| card.aliases.iter().map(|alias| alias.get_ref().clone()).collect()),
        has_card: card.is_some(),
        places: profile::places(here, here.site.rows_of_model(index)),
        profiles,
        more_profiles,
        relatives: relatives.iter().map(|other| model_item(here, *other)).collect(),
        compare: compare::with_others(here, index, &relatives),
        variants: variants(here, index),
        mentions: mentions.of(here, Subject::Model(index)),
        claims: claims::of_model(here, index),
        record_count: site.records_of_model(index).len(),
        records,
    }
}

fn facts(here: &Here, card: &ModelCard) -> Vec<Fact> {
    Facts::default()
        .text("family", card.family.as_ref())
        .term("kind", card.kind.map(|kind| kind.key().to_owned()))
        .text("parameters", card.parameters.as_ref())
        .text("released", card.released.as_ref())
        .linked("cutoff", card.cutoff.as_ref().map(|end| (end.date.to_string(), end.source.as_str().to_owned())))
        .text("training-tokens", card.training_tokens.as_ref())
        .text("context", card.context)
        .list("languages", &card.languages, here.language)
        .text("licence", card.licence.as_ref())
        .term("open-weights", card.open_weights.map(|open| if open { "yes" } else { "no" }.to_owned()))
        .web("paper", card.paper.as_ref())
        .web("code", card.code.as_ref())
        .web("weights", card.weights.as_ref())
        .done()
}

/// The other models of the family, by name.
fn relatives(here: &Here, index: ModelIx) -> Vec<ModelIx> {
    let site = here.site;
    let card = site.catalog.model(index).card.as_ref();
    let family = card.and_then(|(_, card)| site.index.families.get(card.family.as_ref()?));
    let mut others: Vec<ModelIx> = family.into_iter().flatten().copied().filter(|other| *other != index).collect();
    others.sort_by_cached_key(|other| site.catalog.model(*other).name.to_lowercase());
    others
}

fn variants(here: &Here, index: ModelIx) -> Vec<Variant> {
    let of = |entry: &EntryIx| &here.site.ledger.entry(*entry).record.model.variant;
    let mut counts: BTreeMap<&record::Variant, usize> = BTreeMap::new();
    for same in here.site.records_of_model(index).chunk_by(|a, b| Arc::ptr_eq(of(a), of(b))) {
        *counts.entry(of(&same[0])).or_default() += same.len();
    }
    if counts.len() < 2 {
        return Vec::new();
    }
    let part =
        |(part, value): (record::Part, &str)| VariantPart { key: format!("part-{part}"), value: value.to_owned() };
    let variant =
        |(variant, records): (&record::Variant, usize)| Variant { parts: variant.iter().map(part).collect(), records };
    counts.into_iter().map(variant).collect()
}
