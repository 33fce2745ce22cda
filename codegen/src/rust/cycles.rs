//! Which properties need a box: a type that holds itself has no size.

use super::inheritance::all_properties;
use crate::model::{Api, Property, ResourceId, TypeKind};

/// For each resource, the number of the cycle that it is on; resources on none have their own.
#[derive(Debug)]
pub(super) struct Boxed(Vec<usize>);

impl Boxed {
    /// Finds the cycles of single-valued properties: the strongly connected components of the
    /// graph of resources, by Kosaraju's algorithm, without recursion.
    pub(super) fn new(api: &Api) -> Self {
        let count = api.resources.len();
        let held = |index: usize| {
            let properties = all_properties(api, ResourceId(index as u32));
            properties
                .into_iter()
                .filter_map(holds)
                .map(|id| id.0 as usize)
                .collect::<Vec<_>>()
        };
        let forward: Vec<Vec<usize>> = (0..count).map(held).collect();
        let mut backward = vec![Vec::new(); count];
        for (from, targets) in forward.iter().enumerate() {
            for &to in targets {
                backward[to].push(from);
            }
        }
        let mut order = Vec::new();
        let mut seen = vec![false; count];
        for start in 0..count {
            walk(start, &forward, &mut seen, &mut order);
        }
        let mut component = vec![0; count];
        let mut seen = vec![false; count];
        for &start in order.iter().rev() {
            let mut members = Vec::new();
            walk(start, &backward, &mut seen, &mut members);
            for member in members {
                component[member] = start;
            }
        }
        Self(component)
    }

    /// Whether a property of a resource leads back to it without an array between.
    pub(super) fn contains(&self, holder: Option<ResourceId>, property: &Property) -> bool {
        match (holder, holds(property)) {
            (Some(holder), Some(held)) => self.0[holder.0 as usize] == self.0[held.0 as usize],
            _ => false,
        }
    }
}

/// The resource that a property holds as its only value.
fn holds(property: &Property) -> Option<ResourceId> {
    match property.ty.kind {
        TypeKind::Resource(id) if !property.ty.collection => Some(id),
        _ => None,
    }
}

/// Appends everything that is reached from a node, each behind what is reached from it.
fn walk(start: usize, edges: &[Vec<usize>], seen: &mut [bool], order: &mut Vec<usize>) {
    let mut stack = Vec::new();
    if !std::mem::replace(&mut seen[start], true) {
        stack.push((start, 0));
    }
    while let Some((node, next)) = stack.last_mut() {
        match edges[*node].get(*next) {
            Some(&target) => {
                *next += 1;
                if !std::mem::replace(&mut seen[target], true) {
                    stack.push((target, 0));
                }
            }
            None => {
                order.push(*node);
                stack.pop();
            }
        }
    }
}
