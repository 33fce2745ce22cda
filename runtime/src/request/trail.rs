//! Whether the links from page to page lead in a circle.

/// The way from page to page, of which one place is remembered.
///
/// That place is moved on each time the way behind it is twice as long as before, so that a circle
/// of any length is found, the latest when it has been gone round as often as the way to it is long
/// (R. P. Brent, "An improved Monte Carlo factorization algorithm", 1980). A set of all places would
/// grow with the collection.
#[derive(Debug, Default)]
pub(super) struct Trail {
    mark: String,
    /// How many places are behind the mark.
    steps: u64,
    /// How many there may be before it is moved, as the exponent of a power of two.
    stretch: u32,
}

impl Trail {
    /// Whether a link leads back to where it was found, or to the place that is remembered.
    pub(super) fn leads_back(&mut self, from: &str, to: &str) -> bool {
        if to == from || to == self.mark {
            return true;
        }
        self.steps += 1;
        if self.steps >> self.stretch != 0 {
            (self.steps, self.stretch) = (0, self.stretch + 1);
            to.clone_into(&mut self.mark);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many links are followed where a way of some length leads into a circle.
    fn followed(way: usize, circle: usize) -> usize {
        let place = |step: usize| match step < way {
            true => step,
            false => way + (step - way) % circle,
        };
        let mut trail = Trail::default();
        let mut steps = 0..10 * (way + circle);
        let back = steps.find(|&step| {
            let (from, to) = (place(step), place(step + 1));
            trail.leads_back(&format!("/{from}"), &format!("/{to}"))
        });
        back.unwrap()
    }

    #[test]
    fn circles_of_any_length_are_found() {
        for way in 0..40 {
            for circle in 1..40 {
                let most = 3 * way.max(circle) + circle;
                let followed = followed(way, circle);
                assert!(followed <= most, "{way} {circle}: {followed}");
            }
            // Nothing is asked for twice where a page leads to itself.
            assert_eq!(followed(way, 1), way);
        }
    }

    #[test]
    fn a_way_on_is_none_back() {
        let mut trail = Trail::default();
        for step in 0..5000 {
            assert!(!trail.leads_back(&format!("/{step}"), &format!("/{}", step + 1)));
        }
    }
}
