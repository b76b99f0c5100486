//! The `tianti` program: a thin shell over the library.

/// Pages are many small allocations on every core, which this allocator serves with less of the processor's time than
/// the system's. Without huge pages (`no_thp`): they saved no time, and held half again as much memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    tianti::cli::run()
}
