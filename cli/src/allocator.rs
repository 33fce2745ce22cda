//! The allocator of the command, and of the programs that measure it.

use std::env;
use std::ffi::c_long;

use libmimalloc_sys::{mi_option_get, mi_option_set, mi_option_t};
use mimalloc::MiMalloc;

/// Reading pages makes many small values on several threads: this allocator takes a fifth off
/// the time of `check`, as `codegen/benches` measures it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// How many milliseconds pass until memory that was freed goes back to the system. This is
/// `mi_option_purge_delay` of mimalloc 2, for which its crate has no name.
const PURGE_DELAY: mi_option_t = 15;

/// What that option is where nobody has set it.
const USUAL_DELAY: c_long = 10;

/// Keeps memory that was freed until the process ends. The system clears what it is asked for again, which
/// takes three to five in a hundred of the time of `check`, and few commands last long enough for others to gain by it.
///
/// Another delay that the environment names in `MIMALLOC_PURGE_DELAY` stays.
pub(crate) fn keep_freed_memory() {
    // SAFETY: options must not be read and set at the same time: `main` begins with this, before there are
    // other threads.
    unsafe {
        if mi_option_get(PURGE_DELAY) == USUAL_DELAY {
            mi_option_set(PURGE_DELAY, -1);
        } else {
            debug_assert!(env::var_os("MIMALLOC_PURGE_DELAY").is_some());
        }
    }
}
