//! The pages of organisations and the list of them.

use super::facts::{Fact, Facts};
use super::frame::Frame;
use super::lists::{ModelItem, model_item};
use super::profile::{self, Place};
use super::route::Route;
use super::{Here, Link};
use crate::board::Status;
use crate::catalog::ModelIx;
use crate::catalog::card::ModelCard;
use crate::record::id::Id;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Debug, Serialize)]
pub struct OrganisationsPage {
    #[serde(skip)]
    pub frame: Frame,
    /// In the order of their ids, which is the same in every language.
    pub organisations: Vec<OrganisationItem>,
}

#[derive(Debug, Serialize)]
pub struct OrganisationItem {
    pub link: Link,
    pub models: usize,
    pub benchmarks: usize,
    pub families: Vec<String>,
    /// When the latest of its models came out, as far as cards say.
    pub latest: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct OrganisationPage {
    #[serde(skip)]
    pub frame: Frame,
    pub name: String,
    pub id: String,
    pub facts: Vec<Fact>,
    /// The latest first.
    pub models: Vec<OrganisationModel>,
    pub benchmarks: Vec<Link>,
}

/// A model and its places.
#[derive(Debug, Serialize)]
pub struct OrganisationModel {
    #[serde(flatten)]
    pub item: ModelItem,
    /// [`PLACES`] at most.
    pub places: Vec<PlaceLine>,
    /// Places that only the model's page lists.
    pub more_places: usize,
}

/// A model may be on a hundred boards.
const PLACES: usize = 8;

/// A place on a board in short.
#[derive(Debug, Serialize)]
pub struct PlaceLine {
    pub board: Link,
    /// Of the model, if the board tells it apart.
    pub variant: Option<String>,
    /// The place, and whether another row shares it.
    pub place: Option<(u32, bool)>,
    pub of: usize,
    /// The best and the worst place it may have.
    pub interval: Option<(u32, u32)>,
    /// The name of an interface string that says why there is no place.
    pub status: &'static str,
}

pub fn organisations(here: &Here, title: &str, description: &str) -> OrganisationsPage {
    let item = |(id, organisation): (&Id, &crate::catalog::card::Organisation)| {
        let released = cards(here, id).filter_map(|(_, card)| card?.released.as_ref());
        OrganisationItem {
            link: here.link(here.text(&organisation.name), &Route::Organisation(id.clone())),
            models: here.site.models_of(id).len(),
            benchmarks: benchmarks(here, id).len(),
            families: families(here, id),
            latest: released.map(|date| date.as_str()).max().map(str::to_owned),
        }
    };
    OrganisationsPage {
        frame: here.frame(&Route::Organisations, "organisations", title, description),
        organisations: here.site.catalog.organisations.iter().map(item).collect(),
    }
}

/// The page of the organisation `id`, if there is one; `description` is what the page is about.
pub fn organisation(here: &Here, id: &Id, description: &str) -> Option<OrganisationPage> {
    let site = here.site;
    let organisation = site.catalog.organisations.get(id)?;
    let name = here.text(&organisation.name);
    let released = || cards(here, id).filter_map(|(_, card)| card?.released.as_ref()).map(|date| date.as_str());
    let open = cards(here, id).filter(|(_, card)| card.is_some_and(|card| card.open_weights == Some(true))).count();
    let facts = Facts::default()
        .web("homepage", organisation.url.as_ref())
        .list("families", &families(here, id), here.language)
        .text("first-released", released().min())
        .text("last-released", released().max())
        .text("open-models", (open > 0).then(|| format!("{open}/{}", site.models_of(id).len())));
    let mut models: Vec<OrganisationModel> =
        site.models_of(id).iter().map(|model| of_organisation(here, *model)).collect();
    models.sort_by(|a, b| {
        let key = |model: &OrganisationModel| (model.item.released.clone(), model.item.link.name.to_lowercase());
        let ((released_a, name_a), (released_b, name_b)) = (key(a), key(b));
        released_b.cmp(&released_a).then(name_a.cmp(&name_b))
    });
    Some(OrganisationPage {
        frame: here.frame(&Route::Organisation(id.clone()), "organisation", name, &format!("{name}{description}")),
        name: name.to_owned(),
        id: id.to_string(),
        facts: facts.done(),
        models,
        benchmarks: benchmarks(here, id),
    })
}

/// The page of an organisation, if it has one.
pub(super) fn link(here: &Here, id: &Id) -> Option<Link> {
    let organisation = here.site.catalog.organisations.get(id)?;
    Some(here.link(here.text(&organisation.name), &Route::Organisation(id.clone())))
}

fn of_organisation(here: &Here, model: ModelIx) -> OrganisationModel {
    let all = here.site.rows_of_model(model);
    let places = profile::places(here, &all[..all.len().min(PLACES)]).into_iter();
    OrganisationModel {
        item: model_item(here, model),
        places: places.map(PlaceLine::from).collect(),
        more_places: all.len().saturating_sub(PLACES),
    }
}

impl From<Place> for PlaceLine {
    fn from(place: Place) -> Self {
        Self {
            board: place.board,
            variant: place.variant,
            place: match place.status {
                Status::Ranked { place, shared } => Some((place, shared)),
                _ => None,
            },
            of: place.of,
            interval: place.interval,
            status: place.status.key(),
        }
    }
}

fn cards<'a>(here: &Here<'a>, id: &Id) -> impl Iterator<Item = (ModelIx, Option<&'a ModelCard>)> {
    let site = here.site;
    site.models_of(id).iter().map(|model| (*model, site.catalog.model(*model).card.as_ref().map(|(_, card)| card)))
}

fn families(here: &Here, id: &Id) -> Vec<String> {
    let families: BTreeSet<&String> = cards(here, id).filter_map(|(_, card)| card?.family.as_ref()).collect();
    families.into_iter().cloned().collect()
}

/// The benchmarks whose cards say that they come from the organisation.
fn benchmarks(here: &Here, id: &Id) -> Vec<Link> {
    let own = here.site.catalog.benchmarks().filter(|(_, benchmark)| {
        let maker = benchmark.card.as_ref().and_then(|(_, card)| card.organisation.as_ref());
        maker.is_some_and(|maker| maker.get_ref() == id)
    });
    own.map(|(_, benchmark)| here.link(&benchmark.name, &Route::Benchmark(benchmark.id.clone()))).collect()
}
