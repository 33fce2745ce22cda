//! The allocator of the command, and of the programs that measure it.

use std::alloc::{GlobalAlloc, Layout};
use std::env;
use std::ffi::c_long;

use libmimalloc_sys::{mi_malloc, mi_option_get, mi_option_set, mi_option_t};
use mimalloc::MiMalloc;

/// Reading pages makes many small values on several threads: this allocator takes a fifth off
/// the time of `check`, as `codegen/benches` measures it.
#[global_allocator]
static ALLOCATOR: Allocator = Allocator;

/// mimalloc. Its crate always asks for memory of an alignment, where mimalloc first looks which one that is:
/// half of the instructions of each of 600,000 calls, and one in fifty of all that `check` needs.
struct Allocator;

// SAFETY: all is mimalloc's. What it hands out is aligned for a pointer, whatever its size, and a null pointer
// means here as there that there is no memory.
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() <= align_of::<usize>() {
            // SAFETY: it may be called with any size.
            unsafe { mi_malloc(layout.size()) }.cast()
        } else {
            // SAFETY: what the caller promises holds there as well; so it does below.
            unsafe { MiMalloc.alloc(layout) }
        }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { MiMalloc.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { MiMalloc.dealloc(memory, layout) }
    }

    #[inline]
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        unsafe { MiMalloc.realloc(memory, layout, size) }
    }
}

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
