//! Places in an order, in two bytes each where there are few.

/// Places in an order.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    narrow: Vec<u16>,
    /// All of them where one is too large.
    wide: Vec<u32>,
}

impl Order {
    /// From the places in their order.
    pub(super) fn of(places: &[u32]) -> Self {
        let mut narrow = Vec::with_capacity(places.len());
        for place in places {
            let Ok(place) = u16::try_from(*place) else { return Self { narrow: Vec::new(), wide: places.to_vec() } };
            narrow.push(place);
        }
        Self { narrow, wide: Vec::new() }
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.narrow.len() + self.wide.len()
    }

    /// One of them.
    pub(super) fn get(&self, nth: usize) -> Option<u32> {
        self.narrow.get(nth).map(|place| u32::from(*place)).or_else(|| self.wide.get(nth).copied())
    }

    /// How many bytes they take.
    pub(super) const fn bytes(&self) -> usize {
        self.narrow.capacity() * 2 + self.wide.capacity() * 4
    }
}
