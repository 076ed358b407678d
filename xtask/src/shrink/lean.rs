//! JavaScript and style sheets without what only people read.

use anyhow::ensure;

/// A script or style sheet without comments, indentation and empty lines. Comments stand on lines of
/// their own.
///
/// # Errors
/// Where a comment does not end.
pub(crate) fn lean(script: &str) -> anyhow::Result<String> {
    let mut kept = String::new();
    let mut is_comment = false;
    for line in script.lines().map(str::trim) {
        is_comment |= line.starts_with("/*");
        if is_comment {
            is_comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    ensure!(!is_comment, "a comment does not end");
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::lean;

    #[test]
    fn comments_indentation_and_empty_lines_are_left_out() -> anyhow::Result<()> {
        assert_eq!(lean("// Why.\n\n/** What\n * it does. */\na(\n  d(), // x\n);\n")?, "a(\nd(), // x\n);\n");
        assert!(lean("/* a\n").is_err());
        Ok(())
    }
}
