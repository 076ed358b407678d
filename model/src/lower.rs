//! Lower case for searching and sorting.

/// The text in lower case: Latin (ASCII, Latin-1, Extended-A), Greek and Cyrillic letters; others stay as
/// they are, which hubs in other scripts without case do not notice.
///
/// The standard library's knows every letter of Unicode, by tables of 12 kB that do not compress: a
/// twentieth of the browser's bundle.
///
/// ```
/// use ops_model::lower::lower;
/// assert_eq!(lower("Überwachung ŽIŽKA ΑΘΉΝΑ МОСКВА"), "überwachung žižka αθήνα москва");
/// ```
#[must_use]
pub fn lower(text: &str) -> String {
    let mut lowered = String::with_capacity(text.len());
    for one in text.chars() {
        lowered.push(letter(one));
    }
    lowered
}

/// Where a text has another one in it, which is not empty.
///
/// By a plain loop: the standard library's search is made for long texts, and has as much code as a widget.
///
/// ```
/// use ops_model::lower::place_of;
/// assert_eq!((place_of("überall", "all"), place_of("überall", "über das")), (Some(5), None));
/// ```
#[must_use]
pub fn place_of(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    (0..text.len()).find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(part)))
}

/// A letter in lower case.
fn letter(one: char) -> char {
    let code = u32::from(one);
    let lowered = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3a1 | 0x3a3..=0x3ab | 0x410..=0x42f => code + 0x20,
        0x400..=0x40f => code + 0x50,
        // Pairs, the capital first: even ones up to U+0137 but for the dotted I, odd ones, even ones again.
        0x100..=0x12f | 0x132..=0x137 | 0x14a..=0x177 | 0x460..=0x481 | 0x48a..=0x4bf | 0x4d0..=0x52f => code | 1,
        0x139..=0x148 | 0x179..=0x17e | 0x4c1..=0x4ce => code + (code & 1),
        0x178 => 0xff,
        0x386 => 0x3ac,
        0x388..=0x38a => code + 0x25,
        0x38c => 0x3cc,
        0x38e | 0x38f => code + 0x3f,
        _ => code,
    };
    char::from_u32(lowered).unwrap_or(one)
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn every_letter_of_these_scripts_is_the_standard_librarys() {
        let scripts = (0..0x180).chain(0x384..0x3cf).chain(0x400..0x530);
        // The dotted I becomes two characters there, the palochka one far off.
        for code in scripts.filter(|code| ![0x130, 0x4c0].contains(code)) {
            let Some(one) = char::from_u32(code) else { continue };
            let theirs: Vec<char> = one.to_lowercase().collect();
            assert_eq!([letter(one)].as_slice(), theirs, "U+{code:04X}");
        }
    }
}
