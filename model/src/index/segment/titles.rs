//! The titles of a segment's entities: most are the name, or the name with the same words around it as others
//! have.

use super::count;

/// In how many of the last words around a name the same are looked for.
const LOOKED_BACK: usize = 32;

/// What stands before a name ends here in the text, doubled, odd where the name follows; what stands behind it
/// ends there.
#[derive(Clone, Copy, Debug)]
struct Around {
    before: u32,
    behind: u32,
}

/// What titles are made of: a title is the name itself, or some words, or the name with words around it.
#[derive(Clone, Debug, Default)]
pub(super) struct Titles {
    text: String,
    around: Vec<Around>,
}

impl Titles {
    /// The number of a title; 0 is the name itself.
    pub(super) fn pack(&mut self, title: &str, name: &str) -> u32 {
        if title == name {
            return 0;
        }
        let (before, behind) = split(title, name).unwrap_or((title, ""));
        let is_around = before.len() + behind.len() < title.len();
        let end = self.around.len();
        let mut at = end.saturating_sub(LOOKED_BACK);
        while at < end && self.at(at) != (before, is_around, behind) {
            at += 1;
        }
        if at == end {
            self.text.push_str(before);
            let before = count(self.text.len()) << 1 | u32::from(is_around);
            self.text.push_str(behind);
            self.around.push(Around { before, behind: count(self.text.len()) });
        }
        count(at) + 1
    }

    /// A title in parts, by its number.
    pub(super) fn get<'a>(&'a self, number: u32, name: &'a str) -> [&'a str; 3] {
        let Some(at) = number.checked_sub(1) else { return ["", name, ""] };
        let (before, is_around, behind) = self.at(at as usize);
        [before, if is_around { name } else { "" }, behind]
    }

    fn at(&self, at: usize) -> (&str, bool, &str) {
        let Some(Around { before, behind }) = self.around.get(at).copied() else { return ("", true, "") };
        let start = at.checked_sub(1).and_then(|at| self.around.get(at)).map_or(0, |last| last.behind as usize);
        let part = |from: usize, to: usize| self.text.get(from..to).unwrap_or_default();
        let middle = (before >> 1) as usize;
        (part(start, middle), before & 1 == 1, part(middle, behind as usize))
    }

    /// How many bytes they take.
    pub(super) const fn bytes(&self) -> usize {
        self.text.capacity() + self.around.capacity() * size_of::<Around>()
    }

    /// Forgets all, and keeps the room.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.around.clear();
    }
}

/// What stands before and behind a name in a title.
fn split<'a>(title: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let at = title.find(name)?;
    Some((title.get(..at)?, title.get(at + name.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_title_is_what_it_was(all in prop::collection::vec(("[aä]{0,3}[ab]{0,4}", "[ab]{0,2}"), 0..90)) {
            let mut titles = Titles::default();
            let packed: Vec<u32> = all.iter().map(|(title, name)| titles.pack(title, name)).collect();
            for ((title, name), number) in all.iter().zip(packed) {
                prop_assert_eq!(&titles.get(number, name).concat(), title);
            }
        }
    }

    #[test]
    fn what_many_titles_have_around_their_names_is_kept_once() {
        let mut titles = Titles::default();
        for nth in 0..1_000 {
            let name = format!("api-{nth}");
            titles.pack(&format!("https://{name}.zone-{}.example/", nth % 5), &name);
        }
        assert_eq!(titles.around.len(), 5);
    }
}
