//! The `tianti` program: a thin shell over the library.

fn main() -> std::process::ExitCode {
    tianti::cli::run()
}
