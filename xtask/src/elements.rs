//! What editors and frameworks read of the elements: a custom-elements manifest, TypeScript
//! declarations, and the package that carries them with the bundle. All three come from [`TAGS`] and
//! the tables below; a test holds them against the loader's own sources.

use serde_json::{Value, json};

use crate::pack::File;

/// The elements, and what each shows.
const TAGS: [(&str, &str); 10] = [
    ("ops-widget", "A widget of the hub by its name: `ops-env-coulombcore`."),
    ("ops-env", "An environment: the end of its widget's name, or an entity (`environment:coulombcore`)."),
    ("ops-host", "A host."),
    ("ops-service", "A service."),
    ("ops-endpoint", "An endpoint."),
    ("ops-readiness", "The gates of a service or a deployment."),
    ("ops-migration", "A migration wave."),
    ("ops-catalog", "The service catalog."),
    ("ops-feed", "The evidence feed."),
    ("ops-entity", "Once in a page: the entity that the page's address names, as a dialog."),
];

/// Attribute, property, type in TypeScript, meaning.
const ATTRIBUTES: [(&str, &str, &str, &str); 7] = [
    ("name", "name", "string", "The widget, the end of its name, or an entity."),
    ("hub", "hub", "string", "The hub's origin; the script's own where absent."),
    (
        "view-context",
        "viewContext",
        "string",
        "The view context of events recorded here; the widget's own where absent.",
    ),
    ("lang", "lang", "string", "`en` or `de`; from the nearest `lang` where absent."),
    ("theme", "theme", "\"\" | \"light\" | \"dark\"", "The reader's choice where absent."),
    ("density", "density", "\"\" | \"compact\"", "`compact` for tighter spacing."),
    (
        "refresh",
        "refreshSeconds",
        "number",
        "The hub is read at least every so many seconds, 5 or more; live updates alone where absent.",
    ),
];

/// Event, type of its detail, meaning.
const EVENTS: [(&str, &str, &str); 3] = [
    ("ops-ready", "{ name: string }", "The widget shows what the hub has."),
    (
        "ops-error",
        "{ name: string; error: Error; kind?: string; recovered?: boolean }",
        "Something is in the way; the words are in `error.message`.",
    ),
    ("ops-select", "{ name: string; ref: string }", "A reader chose an entity: `service:gitea`."),
];

const PARTS: [&str; 8] = ["card", "header", "title", "badge", "body", "record", "footer", "entity"];
const PROPERTIES: [&str; 8] = [
    "--ops-surface",
    "--ops-sunken",
    "--ops-line",
    "--ops-ink",
    "--ops-quiet",
    "--ops-accent",
    "--ops-font",
    "--ops-radius",
];

/// The three files, for a bundle of this version.
pub(crate) fn files(version: &str) -> anyhow::Result<Vec<File>> {
    let text = |value: &Value| anyhow::Ok((serde_json::to_string_pretty(value)? + "\n").into_bytes());
    Ok(vec![
        File { role: "types", name: "custom-elements.json".into(), bytes: text(&manifest())? },
        File { role: "types", name: "ops-hub.d.ts".into(), bytes: declarations().into_bytes() },
        File { role: "types", name: "package.json".into(), bytes: text(&package(version))? },
    ])
}

fn package(version: &str) -> Value {
    json!({
        "name": "ops-hub-widgets", "version": version, "license": "MIT OR Apache-2.0", "type": "module",
        "description": "The ops-hub widgets as custom elements.",
        "exports": { ".": { "types": "./ops-hub.d.ts", "default": "./ops-hub.js" }, "./custom-elements.json": "./custom-elements.json" },
        "types": "./ops-hub.d.ts", "customElements": "custom-elements.json", "sideEffects": ["./ops-hub.js"],
        "files": ["*.js", "*.wasm", "*.css", "*.d.ts", "*.json"],
    })
}

fn class(tag: &str) -> &'static str {
    if tag == "ops-entity" { "OpsEntity" } else { "OpsWidget" }
}

/// The manifest, schema 1.0.0 of custom-elements-manifest.
fn manifest() -> Value {
    let attributes: Vec<Value> = ATTRIBUTES
        .iter()
        .map(|(name, field, kind, words)| json!({ "name": name, "fieldName": field, "type": { "text": kind }, "description": words }))
        .collect();
    let fields = ATTRIBUTES.iter().map(|(name, field, kind, words)| {
        json!({ "kind": "field", "name": field, "attribute": name, "reflects": true, "type": { "text": kind }, "description": words })
    });
    let refresh = json!({ "kind": "method", "name": "refresh", "return": { "type": { "text": "Promise<void>" } }, "description": "Reads the hub again now." });
    let members: Vec<Value> = fields.chain([refresh]).collect();
    let events: Vec<Value> = EVENTS
        .iter()
        .map(|(name, detail, words)| json!({ "name": name, "type": { "text": format!("CustomEvent<{detail}>") }, "description": words }))
        .collect();
    let named = |names: &[&str]| names.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>();
    let declarations: Vec<Value> = TAGS
        .iter()
        .map(|(tag, words)| {
            let mut one = json!({ "kind": "class", "customElement": true, "tagName": tag, "name": class(tag), "description": words });
            if *tag == "ops-entity" {
                one["attributes"] = json!([attributes[1]]);
            } else {
                one["attributes"] = json!(attributes);
                one["members"] = json!(members);
                one["events"] = json!(events);
                one["slots"] = json!([{ "name": "", "description": "Shown until the widget is ready." }]);
                one["cssParts"] = json!(named(&PARTS));
                one["cssProperties"] = json!(named(&PROPERTIES));
            }
            one
        })
        .collect();
    let exports: Vec<Value> = TAGS
        .iter()
        .map(|(tag, _)| json!({ "kind": "custom-element-definition", "name": tag, "declaration": { "name": class(tag), "module": "ops-hub.js" } }))
        .collect();
    json!({ "schemaVersion": "1.0.0", "modules": [{ "kind": "javascript-module", "path": "ops-hub.js", "declarations": declarations, "exports": exports }] })
}

fn declarations() -> String {
    let mut text = "/** A widget. Importing the module defines the elements. */\nexport interface OpsWidget extends HTMLElement {\n".to_owned();
    for (_, field, kind, words) in ATTRIBUTES {
        text += &format!("  /** {words} */\n  {field}: {kind};\n");
    }
    text += "  /** Reads the hub again now. */\n  refresh(): Promise<void>;\n}\n\n";
    text += "/** The entity that the page's address names. */\nexport interface OpsEntity extends HTMLElement {}\n\n";
    text += "declare global {\n  /** What a page says to the elements, in script. */\n  var OpsHub: { tokens?: Record<string, (() => string | Promise<string>) | null> } | undefined;\n\n";
    text += "  interface HTMLElementTagNameMap {\n";
    for (tag, words) in TAGS {
        text += &format!("    /** {words} */\n    \"{tag}\": {};\n", class(tag));
    }
    text += "  }\n\n  interface HTMLElementEventMap {\n";
    for (name, detail, words) in EVENTS {
        text += &format!("    /** {words} */\n    \"{name}\": CustomEvent<{detail}>;\n");
    }
    text + "  }\n}\n"
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use super::*;
    use crate::run::root;

    fn source(name: &str) -> std::io::Result<String> {
        fs::read_to_string(root().join("src/loader").join(name))
    }

    #[test]
    fn the_tables_name_what_the_loader_defines() -> anyhow::Result<()> {
        let define = source("define.js")?;
        let defined: BTreeSet<&str> = define.split('"').filter(|part| part.starts_with("ops-")).collect();
        assert_eq!(defined, TAGS.iter().map(|(tag, _)| *tag).collect());
        let widget = source("widget.js")?;
        let quoted =
            |line: &str| -> BTreeSet<String> { line.split('"').skip(1).step_by(2).map(str::to_owned).collect() };
        let line = |start: &str| widget.lines().find(|line| line.trim().starts_with(start)).unwrap_or_default();
        let mut attributes = quoted(line("static observedAttributes"));
        attributes.extend(quoted(line("const REFLECTED")));
        assert_eq!(attributes, ATTRIBUTES.iter().map(|(name, ..)| (*name).to_owned()).collect());
        let told: BTreeSet<&str> = widget.split("#tell(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(told, EVENTS.iter().map(|(name, ..)| *name).collect());
        Ok(())
    }

    #[test]
    fn parts_and_custom_properties_are_those_of_the_widgets() -> anyhow::Result<()> {
        let tokens = fs::read_to_string(root().join("widgets/styles/1-tokens.css"))?;
        let read: BTreeSet<&str> = tokens
            .split("var(")
            .skip(1)
            .filter_map(|rest| rest.split([',', ')']).next())
            .filter(|name| name.starts_with("--ops-"))
            .collect();
        for name in PROPERTIES {
            assert!(read.contains(name), "no style reads {name}");
        }
        let mut sources = String::new();
        let mut open = vec![root().join("widgets/src")];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() { open.push(path) } else { sources += &fs::read_to_string(path)? }
            }
        }
        for part in PARTS {
            assert!(sources.contains(&format!("part=\"{part}\"")), "no widget has the part {part}");
        }
        Ok(())
    }
}
