//! Scripts without what only people read of them.

use anyhow::ensure;
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

/// A module that does the same in fewer bytes. Keeps what it exports, and names that it does not declare.
pub(crate) fn script(module: &str) -> anyhow::Result<String> {
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, module, SourceType::mjs()).parse();
    ensure!(parsed.diagnostics.is_empty(), "not a module: {:?}", parsed.diagnostics);
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        mangle_properties: None,
        compress: Some(CompressOptions::smallest()),
    };
    let minified = Minifier::new(options).minify(&allocator, &mut parsed.program);
    let options = CodegenOptions { minify: true, comments: CommentOptions::disabled(), ..CodegenOptions::default() };
    Ok(Codegen::new().with_options(options).with_scoping(minified.scoping).build(&parsed.program).code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_keeps_what_others_know_it_by() -> anyhow::Result<()> {
        let module =
            "const long = __TOKEN__;\n// Why.\nexport function told(first) {\n  return first.part + long;\n}\n";
        let short = script(module)?;
        assert!(short.len() < module.len() / 2 + 20, "{short}");
        assert!(short.contains("__TOKEN__") && short.contains("told") && short.contains(".part"), "{short}");
        assert!(!short.contains("first") && !short.contains("Why"), "{short}");
        assert!(script("const = 1;").is_err());
        Ok(())
    }
}
