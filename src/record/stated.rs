//! Facts a file states by name, of which it may leave any out.

use std::sync::Arc;

/// Facts by key, sorted; a key that is absent is unknown, which is not a value and equals nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stated<K>(Vec<(K, Arc<str>)>);

impl<K> Default for Stated<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Copy + Ord> Stated<K> {
    pub fn get(&self, key: K) -> Option<&str> {
        self.0.binary_search_by_key(&key, |(key, _)| *key).ok().map(|index| &*self.0[index].1)
    }

    /// Sets `key`, replacing what was there.
    pub fn set(&mut self, key: K, value: impl Into<Arc<str>>) {
        match self.0.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(index) => self.0[index].1 = value.into(),
            Err(index) => self.0.insert(index, (key, value.into())),
        }
    }

    #[must_use]
    pub fn with(mut self, key: K, value: impl Into<Arc<str>>) -> Self {
        self.set(key, value);
        self
    }

    /// As [`Self::with`], if there is a value.
    #[must_use]
    pub fn with_any(self, key: K, value: Option<impl Into<Arc<str>>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (K, &str)> {
        self.0.iter().map(|(key, value)| (*key, &**value))
    }

    /// How many are stated.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Gives an enum its names in files: `all`, `name`, and the conversions from and to text and serde.
macro_rules! named {
    ($type:ident, $kind:literal, [$(($variant:ident, $name:literal)),* $(,)?]) => {
        impl $type {
            pub fn all() -> impl Iterator<Item = Self> {
                [$(Self::$variant),*].into_iter()
            }

            /// The name in files.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                Self::all().find(|known| known.name() == text).ok_or_else(|| {
                    let known: Vec<_> = Self::all().map(Self::name).collect();
                    format!("no {} {text:?}; there are {}", $kind, known.join(", "))
                })
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(super) use named;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Field, Protocol};

    #[test]
    fn the_order_of_setting_does_not_matter() {
        let one = Protocol::default().with(Field::Shots, "5").with(Field::Split, "test");
        let other = Protocol::default().with(Field::Split, "test").with(Field::Shots, "0").with(Field::Shots, "5");
        assert_eq!(one, other);
        assert_eq!(one.get(Field::Shots), Some("5"));
        assert_eq!(one.get(Field::Judge), None);
        assert_eq!(one.with_any(Field::Shots, None::<&str>).get(Field::Shots), Some("5"));
    }

    #[test]
    fn what_is_not_stated_is_empty() {
        assert!(Stated::<Field>::default().is_empty());
    }
}
