//! A document taken apart into the texts of its values, which are not read.

use super::pull::{Json, Read, Stop};

/// The fields of an object by name, each as text; of two of one name both.
///
/// # Errors
/// What is wrong with it.
pub fn fields(text: &str) -> Result<Vec<(String, &str)>, String> {
    let (mut json, mut fields) = (Json::new(text.as_bytes(), true), Vec::new());
    let read = json.object(&mut |json, name| {
        fields.push((name.to_owned(), passed(json)?));
        Ok(())
    });
    whole(&mut json, read)?;
    Ok(fields)
}

/// The items of a list, each as text.
///
/// # Errors
/// What is wrong with it.
pub fn items(text: &str) -> Result<Vec<&str>, String> {
    let (mut json, mut items) = (Json::new(text.as_bytes(), true), Vec::new());
    let read = json.list(&mut |json| {
        items.push(passed(json)?);
        Ok(())
    });
    whole(&mut json, read)?;
    Ok(items)
}

/// A value that is gone past.
fn passed<'a>(json: &mut Json<'a>) -> Read<&'a str> {
    json.peek()?;
    let start = json.at();
    json.skip()?;
    str::from_utf8(json.since(start)).map_err(|_| Stop::Broken("invalid UTF-8"))
}

/// That a value was read, and was all of the text.
pub(super) fn whole(json: &mut Json<'_>, read: Read<()>) -> Result<(), String> {
    match read {
        Ok(()) if json.is_at_end() => Ok(()),
        Ok(()) => Err("something follows the value".to_owned()),
        Err(Stop::Unfit(words)) => Err(words),
        Err(Stop::Broken(words)) => Err(words.to_owned()),
        Err(Stop::More) => Err("the text ends early".to_owned()),
    }
}
