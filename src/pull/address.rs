//! Which addresses may be asked.
//!
//! A sources file may come from anyone, and must not make the machine that pulls call inside its own network. The check
//! is made where a connection is opened, on the addresses that are connected to: it holds for every redirect, and for a
//! name that means something else from one look-up to the next.

use super::failure::Failure;
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Which networks may be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Networks {
    /// Only addresses that are public on the internet.
    Public,
    /// Also this one: a server of one's own.
    PublicAnd(IpAddr),
    /// Also one's own machine and network: `--allow-private`.
    All,
}

impl Networks {
    fn allows(self, address: IpAddr) -> bool {
        self == Self::All || self == Self::PublicAnd(address) || is_public(address)
    }

    /// Checks the scheme of `url`, and its host where that is an address. Names are checked by [`Resolver`]. Plain
    /// `http` is for addresses that the sources file itself spells so.
    pub(super) fn check(self, url: &Url, plain_http: bool) -> Result<(), Failure> {
        let scheme = url.scheme();
        if scheme != "https" && !(scheme == "http" && (plain_http || self == Self::All)) {
            return Err(Failure::error(
                "address-refused",
                format!("{url} is not an https address"),
                "an http address is only followed if the sources file itself spells it so",
            ));
        }
        if !url.username().is_empty() || url.password().is_some() {
            let message = format!("the address at {} has a user name or password", url.host_str().unwrap_or(""));
            return Err(Failure::error("address-refused", message, "use an address that is open to all"));
        }
        let host = url.host_str().unwrap_or("");
        match host.trim_start_matches('[').trim_end_matches(']').parse() {
            Ok(address) if !self.allows(address) => Err(refused(&Refused { host: host.to_owned(), address })),
            _ if host.is_empty() => {
                Err(Failure::error("address-refused", format!("{url} has no host"), "correct the address"))
            }
            _ => Ok(()),
        }
    }
}

/// The failure of an address that is not public.
pub(super) fn refused(refused: &Refused) -> Failure {
    Failure::error(
        "address-refused",
        refused.to_string(),
        "if you trust the sources file and mean your own network, pull with --allow-private",
    )
}

/// A host that leads to an address that is not public.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    host: String,
    address: IpAddr,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}, which is not a public address", self.host, self.address)
    }
}

impl Error for Refused {}

/// Resolves names by the system, and refuses those that have any address that may not be reached.
pub(super) struct Resolver(pub(super) Networks);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let networks = self.0;
        Box::pin(async move {
            let host = name.as_str();
            let addresses: Vec<SocketAddr> = tokio::net::lookup_host((host, 0)).await?.collect();
            match addresses.iter().find(|address| !networks.allows(address.ip())) {
                Some(address) => Err(Refused { host: host.to_owned(), address: address.ip() }.into()),
                None => Ok(Box::new(addresses.into_iter()) as Addrs),
            }
        })
    }
}

/// Whether an address is that of a host on the public internet, by IANA's registries of special-purpose addresses
/// (RFC 6890 and its successors).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Network and prefix length of what is not public.
const SPECIAL_V4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),       // this network
    (Ipv4Addr::new(10, 0, 0, 0), 8),      // private
    (Ipv4Addr::new(100, 64, 0, 0), 10),   // shared by a provider's customers
    (Ipv4Addr::new(127, 0, 0, 0), 8),     // loopback
    (Ipv4Addr::new(169, 254, 0, 0), 16),  // link-local
    (Ipv4Addr::new(172, 16, 0, 0), 12),   // private
    (Ipv4Addr::new(192, 0, 0, 0), 24),    // protocol assignments
    (Ipv4Addr::new(192, 0, 2, 0), 24),    // documentation
    (Ipv4Addr::new(192, 88, 99, 0), 24),  // relays to IPv6
    (Ipv4Addr::new(192, 168, 0, 0), 16),  // private
    (Ipv4Addr::new(198, 18, 0, 0), 15),   // tests of networks
    (Ipv4Addr::new(198, 51, 100, 0), 24), // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),  // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 4),     // multicast
    (Ipv4Addr::new(240, 0, 0, 0), 4),     // reserved, broadcast
];

/// The only part of IPv6 that is given to hosts of the internet. What maps or translates IPv4 (`::ffff:0:0/96`,
/// `64:ff9b::/96`), is local (`::1`, `fc00::/7`, `fe80::/10`) or multicast lies outside.
const GLOBAL_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Network and prefix length of what is not public within [`GLOBAL_V6`].
const SPECIAL_V6: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocol assignments, Teredo among them
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4, which holds an IPv4 address
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let within = |(network, length): &(Ipv4Addr, u32)| (address.to_bits() ^ network.to_bits()) >> (32 - length) == 0;
    !SPECIAL_V4.iter().any(within)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let within = |(network, length): &(Ipv6Addr, u32)| (address.to_bits() ^ network.to_bits()) >> (128 - length) == 0;
    within(&GLOBAL_V6) && !SPECIAL_V6.iter().any(within)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:8.8.8.8",
            "::ffff:127.0.0.1",
            "::8.8.8.8",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "fc00::1",
            "fdff::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1",
            "2400:3200::1",
            "2001:4860:4860::8888",
            "2a00:1450::1",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn an_address_is_refused_however_it_is_spelt() {
        for url in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest/meta-data",
            "https://１２７.0.0.1/",
        ] {
            let url = Url::parse(url).unwrap();
            assert!(Networks::Public.check(&url, false).is_err(), "{url}");
            assert!(Networks::All.check(&url, false).is_ok(), "{url}");
        }
        assert!(Networks::Public.check(&Url::parse("https://example.org/").unwrap(), false).is_ok());
    }

    #[test]
    fn only_the_web_is_asked_and_only_encrypted_unless_spelt_otherwise() {
        let check = |url: &str, plain| Networks::Public.check(&Url::parse(url).unwrap(), plain).is_ok();
        assert!(!check("http://example.org/", false));
        assert!(check("http://example.org/", true));
        assert!(!check("https://user@example.org/", true) && !check("https://:secret@example.org/", true));
        for url in ["file:///etc/passwd", "ftp://example.org/", "data:text/plain,x", "gopher://example.org/"] {
            assert!(!check(url, true), "{url}");
            assert!(Networks::All.check(&Url::parse(url).unwrap(), true).is_err(), "{url}");
        }
    }
}
