//! Places over time.

use super::super::changes::{ModelPlaces, PlacesByDate};

/// A line for each model from date to date. The rows of the page's table of places are the chart's data: a line's index is
/// that of its row there.
#[derive(Clone, Debug)]
pub struct Places {
    pub board: String,
    /// The earliest first, two at least.
    pub dates: Vec<String>,
    pub lines: Vec<PlaceLine>,
    /// Models there would be without a bound.
    pub all: usize,
}

#[derive(Clone, Debug)]
pub struct PlaceLine {
    pub name: String,
    /// The place at each date, from 1, and where it is drawn.
    pub stops: Vec<Option<Stop>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    pub place: u32,
    /// Its own at its date: models that share a place follow each other from it.
    pub slot: u32,
}

/// Most lines.
const LINES: usize = 12;

/// `None` where there is one date or one model: nothing moves past another.
pub(in crate::page) fn of_board(board: &str, places: &PlacesByDate) -> Option<Places> {
    let rows = &places.models[..places.models.len().min(LINES)];
    let by_date: Vec<Vec<Option<Stop>>> = (0..places.dates.len())
        .map(|date| stops(rows.iter().map(|row| row.places.get(date).copied().flatten())))
        .collect();
    let line = |(index, row): (usize, &ModelPlaces)| PlaceLine {
        name: match &row.variant {
            Some(variant) => format!("{} ({variant})", row.model.name),
            None => row.model.name.clone(),
        },
        stops: by_date.iter().map(|stops| stops[index]).collect(),
    };
    (rows.len() > 1 && places.dates.len() > 1).then(|| Places {
        board: board.to_owned(),
        dates: places.dates.clone(),
        lines: rows.iter().enumerate().map(line).collect(),
        all: places.models.len() + places.more,
    })
}

/// Where the places of one date are drawn; those that share one in their own order.
fn stops(places: impl Iterator<Item = Option<u32>>) -> Vec<Option<Stop>> {
    let places: Vec<Option<u32>> = places.collect();
    let mut order: Vec<(u32, usize)> =
        places.iter().enumerate().filter_map(|(index, place)| Some(((*place)?, index))).collect();
    order.sort_unstable();
    let mut stops = vec![None; places.len()];
    let mut last = 0;
    for (place, index) in order {
        last = place.max(last + 1);
        stops[index] = Some(Stop { place, slot: last });
    }
    stops
}

#[cfg(test)]
mod tests {
    use super::super::super::Link;
    use super::*;

    #[test]
    fn models_that_share_a_place_follow_each_other_from_it() {
        let slots = |places: &[Option<u32>]| -> Vec<Option<u32>> {
            stops(places.iter().copied()).into_iter().map(|stop| stop.map(|stop| stop.slot)).collect()
        };
        assert_eq!(slots(&[Some(2), None, Some(1), Some(2)]), [Some(2), None, Some(1), Some(3)]);
        // Others share the place that are not drawn.
        assert_eq!(slots(&[Some(40), Some(7), Some(7), Some(7)]), [Some(40), Some(7), Some(8), Some(9)]);
        assert_eq!(slots(&[None, None]), [None, None]);
    }

    fn by_date(models: usize, dates: usize) -> PlacesByDate {
        let row = |index: usize| ModelPlaces {
            model: Link { name: format!("m{index}"), href: String::new() },
            variant: (index == 1).then(|| "8-bit".to_owned()),
            places: vec![Some(index as u32 + 1); dates],
        };
        PlacesByDate {
            dates: (1..=dates).map(|day| format!("2024-01-{day:02}")).collect(),
            models: (0..models).map(row).collect(),
            more: 5,
        }
    }

    #[test]
    fn the_first_twelve_are_drawn_and_all_are_counted() {
        let chart = of_board("B", &by_date(30, 3)).unwrap();
        assert_eq!((chart.lines.len(), chart.all), (12, 35));
        assert_eq!(chart.lines[1].name, "m1 (8-bit)");
        assert_eq!(chart.lines[11].stops, [Some(Stop { place: 12, slot: 12 }); 3]);
        assert!(of_board("B", &by_date(1, 3)).is_none());
        assert!(of_board("B", &by_date(3, 1)).is_none());
    }
}
